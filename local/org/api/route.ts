import type { Answer } from './answer.ts';
import type { Call } from './call.ts';
import type { RequestKind } from './request-log.ts';

export interface Route {
  readonly method: string;
  /** `/sobjects/:object/:id` */
  readonly pattern: string;
  readonly kind: RequestKind;
  readonly writes: boolean;
  handle(call: Call, params: Readonly<Record<string, string>>): Answer;
}

/** What answers single calls. */
export interface Router {
  readonly dispatch: (call: Call) => Answer;
  readonly routeOf: (method: string, path: string) => Match | undefined;
}

export interface Match {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}
