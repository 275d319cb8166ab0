/** What can be done with a message. */
export const message = {
  imported: (name: string, by: string) => `By ${name}, imported by ${by}`,
  olderFailed: 'Earlier messages could not be loaded.',
  menu: {
    label: (author: string) => `Actions for the message of ${author}`,
    edit: 'Edit',
    copy: 'Copy text',
    link: 'Copy link',
    recall: 'Recall',
    recallHint: (left: string) => `${left} left`,
    hide: 'Delete for me',
    remove: 'Remove for everybody',
    history: 'Earlier versions',
  },
  edit: {
    label: 'Edit message',
    save: 'Save',
    hint: 'Enter saves, Esc cancels',
    empty: 'Nothing to save. Esc cancels; to take the message back, recall or delete it from its menu.',
  },
  removeDialog: {
    title: 'Remove this message for everybody?',
    text: 'Its text is gone at once. A line saying that it was removed stays.',
    reason: 'Reason (everybody sees it)',
    act: 'Remove',
  },
  hideDialog: {
    title: 'Delete this message for you?',
    text: 'It disappears from all your devices. Everybody else still sees it.',
    act: 'Delete for me',
  },
  history: { title: 'Earlier versions', original: 'As it was sent', version: (when: string) => `Edited ${when}` },
  signs: {
    sending: 'Sending …',
    waiting: 'Waiting for the network',
    failed: (why: string) => `Not sent. ${why}`,
    retry: 'Send again',
    discard: 'Discard',
    actFailed: {
      edit: (why: string) => `Not edited. ${why}`,
      recall: (why: string) => `Not recalled. ${why}`,
      hide: (why: string) => `Not deleted. ${why}`,
      remove: (why: string) => `Not removed. ${why}`,
    },
    dismiss: 'Dismiss',
    keepEdit: 'Edit again',
  },
};
