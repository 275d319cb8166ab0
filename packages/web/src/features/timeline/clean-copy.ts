/** Several messages copied together become lines of "Name: text", not the pieces of their frames. */
export function cleanCopy(event: ClipboardEvent, scroller: HTMLElement | null): void {
  const selection = getSelection();
  if (scroller === null || selection === null || selection.isCollapsed || event.clipboardData === null) return;
  const rows = [...scroller.querySelectorAll<HTMLElement>('.message')].filter((row) =>
    selection.containsNode(row, true),
  );
  if (rows.length < 2) return;
  const lines = rows.flatMap((row) => {
    const text = row.querySelector('.message-text')?.textContent ?? '';
    const name = row.querySelector('.message-name, .message-body > .unseen')?.textContent ?? '';
    return text === '' ? [] : [name === '' ? text : `${name}: ${text}`];
  });
  if (lines.length === 0) return;
  event.clipboardData.setData('text/plain', lines.join('\n'));
  event.preventDefault();
}
