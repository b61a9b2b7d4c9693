import { asks, isJson, type Exchange } from '../../model/exchange.ts';

/** Apex that the local org does not run: in its tests this answers in its place, as an org where the statement holds. */
export const run = (text: string, value: unknown) => (exchange: Exchange) => {
  if (!exchange.path.includes('executeAnonymous') || !asks(exchange, text)) return;
  const exceptionMessage = `System.IllegalArgumentException: PROVE${JSON.stringify(value)}`;
  Object.assign(exchange, { status: 200 });
  exchange.body = { compiled: true, success: false, compileProblem: null, exceptionMessage };
};

/** Another value instead of that of `run`. */
export const other = (text: string, value: unknown) => (exchange: Exchange) => {
  if (isJson(exchange.body) && 'exceptionMessage' in exchange.body) run(text, value)(exchange);
};
