import { Bell, Send, Users, X } from 'lucide';
import { useState } from 'preact/hooks';
import { prefer, preferences } from '../model/preferences.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge, Tag } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Choice, Switch } from '../ui/choice.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { Empty } from '../ui/empty.tsx';
import { Area, Field, PasswordField, Select } from '../ui/field.tsx';
import { Keys } from '../ui/keys.tsx';
import { Loading } from '../ui/loading.tsx';
import { Mark } from '../ui/mark.tsx';
import { Menu } from '../ui/menu.tsx';
import { Page, Section } from '../ui/page.tsx';
import { type Option, Picker } from '../ui/picker.tsx';
import { Row, Rows } from '../ui/rows.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { toast } from '../ui/toast.ts';
import './gallery.css';

const PEOPLE: readonly Option[] = ['Ada Whitfield', '林美', 'عمر الخطيب', '佐藤ゆき', 'Noor Bakker'].map((name) => ({
  id: name,
  name,
  detail: name.toLowerCase(),
  refused: name === 'Noor Bakker' ? 'already in' : undefined,
}));
const WORDS = {
  placeholder: 'Type a name',
  none: 'Nobody',
  remove: (name: string) => `Remove ${name}`,
  picked: (names: readonly string[]) => names.join(', '),
  found: (count: number) => `${count} found`,
};
const SWATCHES = [
  'surface',
  'surface-side',
  'surface-raised',
  'surface-hover',
  'surface-active',
  'accent',
  'accent-soft',
  'danger',
  'danger-soft',
  'caution-soft',
  'line',
  'line-control',
];

/** All components in all their states, while developing. */
export default function Gallery() {
  const [text, setText] = useState('');
  const [choice, setChoice] = useState<'one' | 'two'>('one');
  const [on, setOn] = useState(true);
  const [picked, setPicked] = useState<readonly Option[]>(PEOPLE.slice(0, 1));
  const [menu, setMenu] = useState<HTMLElement>();
  const [asking, setAsking] = useState(false);
  const [tab, setTab] = useState<'first' | 'second'>('first');
  return (
    <Page title="Components" actions={<Mark />}>
      <Section title="Look">
        <Choice
          label="Theme"
          value={preferences.value.theme}
          options={[
            { value: 'auto', label: 'As the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
          onValue={(theme) => prefer({ theme })}
        />
        <Switch
          label="High contrast"
          checked={preferences.value.contrast === 'more'}
          onValue={(more) => prefer({ contrast: more ? 'more' : 'auto' })}
        />
        <ul class="swatches">
          {SWATCHES.map((name) => (
            <li key={name}>
              <span style={{ background: `var(--${name})` }} /> {name}
            </li>
          ))}
        </ul>
      </Section>
      <Section title="Buttons">
        {(['primary', 'plain', 'quiet', 'grave', 'danger'] as const).map((kind) => (
          <div key={kind} class="form-actions">
            <Button kind={kind}>At rest</Button>
            <Button kind={kind} icon={Send}>
              With a drawing
            </Button>
            <Button kind={kind} busy>
              Busy
            </Button>
            <Button kind={kind} disabled>
              Disabled
            </Button>
            <IconButton kind={kind} icon={X} label="Close" />
            <IconButton kind={kind} icon={Users} label="Members" aria-expanded="true" />
          </div>
        ))}
      </Section>
      <Section title="Fields">
        <Field label="At rest" hint="What it is for." value={text} onValue={setText} />
        <Field label="Wrong" error="Somebody has this name already." value="ada" onValue={setText} />
        <Field label="Disabled" value="as it is" onValue={setText} disabled />
        <PasswordField
          label="Password"
          autocomplete="new-password"
          value={text}
          onValue={setText}
          words={{ show: 'Show', hide: 'Hide' }}
        />
        <Area label="Several lines" value={text} onValue={setText} />
        <Select
          label="One of many"
          value={choice}
          onValue={setChoice}
          options={[
            { value: 'one', label: 'The first' },
            { value: 'two', label: 'The second' },
          ]}
        />
        <Picker
          label="People"
          words={WORDS}
          picked={picked}
          onPicked={setPicked}
          search={async (q) => PEOPLE.filter((each) => each.name.includes(q))}
          most={4}
        />
        <Switch label="On or off" hint="At once." checked={on} onValue={setOn} />
        <Switch label="Not now" checked={false} onValue={setOn} disabled />
      </Section>
      <Section title="People and counts">
        <div class="form-actions">
          {PEOPLE.map((person) => (
            <Avatar key={person.id} name={person.name} seed={person.id} />
          ))}
          <Avatar name="发布" seed="room" square />
          <Avatar name="Ada" seed="small" size="small" />
          <Avatar name="Ada" seed="large" size="large" />
          <Badge count={3} label="3 unread" />
          <Badge count={120} label="120 unread" />
          <Badge count={7} label="7 unread" muted />
          <Tag>member</Tag>
          <Tag tone="accent">owner</Tag>
          <Tag tone="danger">disabled</Tag>
          <Keys of={['Ctrl', 'K']} />
        </div>
      </Section>
      <Section title="Lists and parts">
        <Tabs
          label="Parts"
          current={tab}
          onCurrent={setTab}
          tabs={[
            { id: 'first', label: 'First', href: '#first' },
            { id: 'second', label: 'Second', href: '#second' },
          ]}
        >
          <Rows>
            {PEOPLE.slice(0, 3).map((person) => (
              <Row
                key={person.id}
                sign={<Avatar name={person.name} seed={person.id} />}
                title={<bdi>{person.name}</bdi>}
                detail={<bdi>{person.detail}</bdi>}
                actions={<Button>Do it</Button>}
              />
            ))}
          </Rows>
        </Tabs>
      </Section>
      <Section title="What is said">
        <Banner>Plain</Banner>
        <Banner tone="accent" icon={Bell}>
          With an accent
        </Banner>
        <Banner tone="caution" action={<Button>Try now</Button>}>
          No connection. Trying again in 5 s.
        </Banner>
        <Banner tone="danger">Something went wrong</Banner>
        <div class="form-actions">
          <Button onClick={() => toast('Saved')}>A word</Button>
          <Button onClick={() => toast('It did not work', { tone: 'danger' })}>A bad word</Button>
          <Button onClick={(event) => setMenu(event.currentTarget)}>A menu</Button>
          <Button onClick={() => setAsking(true)}>A question</Button>
        </div>
        <Empty icon={Users} title="Nobody here" actions={<Button kind="primary">Invite somebody</Button>}>
          <p>Make a link and send it.</p>
        </Empty>
        <Loading label="Loading" />
      </Section>
      {menu === undefined ? null : (
        <Menu
          label="A menu"
          at={menu}
          onClose={() => setMenu(undefined)}
          entries={[
            { id: 'a', label: 'Do this', icon: Send, act: () => {} },
            { id: 'b', label: 'Do that', hint: '1:59', act: () => {} },
            { id: 'c', label: 'Take it away', danger: true, act: () => {} },
          ]}
        />
      )}
      {asking ? (
        <Confirm
          title="Take it away?"
          yes="Take away"
          no="Cancel"
          danger
          onYes={async () => undefined}
          onClose={() => setAsking(false)}
        >
          <p>It cannot be brought back.</p>
        </Confirm>
      ) : null}
    </Page>
  );
}
