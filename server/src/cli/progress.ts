export interface Progress {
  show(what: string, done: number, total: number): void;
  end(): void;
}

/** Runs shorter than this, in milliseconds, show no progress. */
const silence = 500;
const interval = 100;

/** One line on a terminal, written over again; nothing where the stream is no terminal. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  let next = Date.now() + silence;
  let shown = false;
  const clear = '\r\u001b[K';
  return {
    show(what, done, total) {
      if (!stream.isTTY || Date.now() < next) return;
      next = Date.now() + interval;
      shown = true;
      stream.write(`${clear}${what} ${done} of ${total} files`);
    },
    end() {
      if (shown) stream.write(clear);
    },
  };
}
