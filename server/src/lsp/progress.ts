import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver';
import type { Clock } from './environment.js';

export interface Progress {
  report(done: number, total: number): void;
  end(): void;
}

/** Work shorter than this, in milliseconds, is not worth showing. */
const silence = 300;

/** Shows progress in the client, once the work has taken a moment. */
export function startProgress(connection: Connection, clock: Clock, title: string): Progress {
  let reporter: WorkDoneProgressServerReporter | undefined;
  let ended = false;
  let shown = -1;
  const callOff = clock.after(silence, () => {
    void connection.window.createWorkDoneProgress().then(
      (created) => {
        if (ended) return;
        reporter = created;
        created.begin(title, 0);
      },
      () => {},
    );
  });
  return {
    report(done, total) {
      const percent = total === 0 ? 100 : Math.floor((done / total) * 100);
      if (percent === shown) return;
      shown = percent;
      reporter?.report(percent, `${done} of ${total} files`);
    },
    end() {
      ended = true;
      callOff();
      reporter?.done();
    },
  };
}
