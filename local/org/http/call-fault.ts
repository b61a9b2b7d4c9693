import { setTimeout as wait } from 'node:timers/promises';
import type { CallFault } from '../data/faults.ts';
import { refusal, sessionOver, type Answer } from '../api/answer.ts';

const page = `<!DOCTYPE html>
<html><head><title>Maintenance</title></head>
<body><h1>We are down for maintenance.</h1><p>The local org was asked to be.</p></body></html>
`;

/** What a call is answered in place of being carried out; undefined where it is carried out. */
export function answerInstead(fault: CallFault): Answer | undefined {
  switch (fault.kind) {
    case 'unavailable':
      return refusal(
        503,
        'SERVER_UNAVAILABLE',
        'Server unavailable: the local org was asked to be.',
      );
    case 'status':
      return refusal(fault.status, fault.code, 'The local org was asked to answer so.');
    case 'apex_error':
      return refusal(500, 'APEX_ERROR', fault.message);
    case 'html':
      return { status: 200, body: page, headers: { 'content-type': 'text/html; charset=UTF-8' } };
    case 'session_refused':
      return sessionOver();
    case 'cut_call':
      return { status: 0, cut: true };
    default:
      return undefined;
  }
}

/** What becomes of the answer of a call that was carried out. */
export async function spoiled(answer: Answer, fault: CallFault): Promise<Answer> {
  if (fault.kind === 'slow_answer') await wait(fault.milliseconds, undefined, { ref: false });
  return fault.kind === 'cut_answer' ? { ...answer, cut: true } : answer;
}
