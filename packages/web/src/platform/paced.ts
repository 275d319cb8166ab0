/** Calls with the newest value: at once, and from then on at most every so many ms. */
export function paced<Value>(ms: number, act: (value: Value) => void): (value: Value) => void {
  let waiting: { value: Value } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    timer = undefined;
    if (waiting === undefined) return;
    const { value } = waiting;
    waiting = undefined;
    call(value);
  };
  const call = (value: Value) => {
    timer = setTimeout(next, ms);
    act(value);
  };
  return (value) => {
    if (timer === undefined) call(value);
    else waiting = { value };
  };
}
