import type { HttpResponse } from 'jsforce/lib/types/index.js';
import { CodedError } from '../../errors/coded-error.ts';
import type { ApexAnswer } from '../../ports/apex-rest.ts';
import { refusalOf } from './call-errors.ts';
import { checkAnswer, errorCode } from './transport.ts';

/**
 * The codes that the class WooGateway gives its own refusals, and the platform's for what the class could not catch:
 * a limit of Apex. None of them is an outage of the org.
 */
const OF_THE_CLASS = /^(?:GATEWAY_|APEX_ERROR$)/;

/**
 * Hands out what the class answered.
 * @throws SessionExpired, Transient or CodedError where it was the org that answered
 */
export function checkApexAnswer(host: string, answer: HttpResponse): ApexAnswer {
  const code = answer.statusCode === 200 ? null : errorCode(answer);
  if (answer.statusCode !== 200 && !OF_THE_CLASS.test(code ?? '')) {
    throw orgRefusal(host, answer, code);
  }
  return {
    status: answer.statusCode,
    header: (name) => answer.headers[name] ?? null,
    body: answer.body,
  };
}

function orgRefusal(host: string, answer: HttpResponse, code: string | null): Error {
  if (answer.statusCode === 404) {
    return new CodedError(
      'WOO_GATEWAY_MISSING',
      `The org at ${host} has no gateway to the shop (Apex class WooGateway).`,
      'Deploy force-app (sf project deploy start -d force-app), or set the Route of the store to Direct.',
    );
  }
  if (answer.statusCode === 403 && code === 'FORBIDDEN') {
    return new CodedError(
      'WOO_GATEWAY_FORBIDDEN',
      `The org at ${host} does not let the integration user call the gateway to the shop (Apex class WooGateway).`,
      'Assign the permission set Woo_Integration to the integration user.',
    );
  }
  checkAnswer(host, answer);
  return refusalOf(host, code ?? `HTTP_${answer.statusCode}`, '');
}
