let context: AudioContext | undefined;

/** Two soft notes, made here: no file to fetch. Silent where the browser wants to be touched first. */
export function playTone(): void {
  try {
    context ??= new AudioContext();
    const from = context.currentTime;
    [660, 880].forEach((pitch, at) => {
      if (context === undefined) return;
      const note = context.createOscillator();
      const volume = context.createGain();
      const start = from + at * 0.09;
      note.frequency.value = pitch;
      volume.gain.setValueAtTime(0, start);
      volume.gain.linearRampToValueAtTime(0.06, start + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.25);
      note.connect(volume).connect(context.destination);
      note.start(start);
      note.stop(start + 0.3);
    });
  } catch {
    // No sound device, or not allowed: a tone is not worth an error.
  }
}
