import type { ErrorCode } from '../../errors/catalogue.ts';
import { CodedError } from '../../errors/coded-error.ts';
import type { ApexAnswer } from '../../ports/apex-rest.ts';
import { refusalOf } from '../refusal.ts';
import type { SentRequest } from '../types.ts';

export interface GatewayFault {
  readonly error: CodedError;
  /** Whether it may pass by itself. */
  readonly transient: boolean;
}

const UPGRADE =
  'Deploy force-app in the version of this sidecar (sf project deploy start -d force-app).';

/** The gateway lets pass what active mappings and transitions send. */
const SWITCH_ON =
  'Check the box Active of the mapping, field mapping or transition that the message names; where all is active, deploy force-app in the version of this sidecar.';

/** Refusals of what one of several records holds. */
const OF_BODY: readonly (string | null)[] = ['GATEWAY_FIELD_REFUSED', 'GATEWAY_BAD_BODY'];

/**
 * What the gateway's own refusal means: it says on which side of the shop the fault is.
 * @param sent what was to be passed on; absent for several reads at once
 */
export function gatewayFault(
  host: string,
  store: string,
  answer: ApexAnswer,
  sent?: SentRequest,
): GatewayFault | 'too large' {
  const { code, message } = refusalIn(answer);
  switch (code) {
    case 'GATEWAY_ANSWER_TOO_LARGE':
      return 'too large';
    case 'GATEWAY_BODY_TOO_LARGE':
      return bodyTooLarge(host, message);
    case 'APEX_ERROR':
      return FEWER_HELP.test(message) ? 'too large' : failed(faultIn(message));
    case 'GATEWAY_FAILED':
      return failed(message);
    case 'GATEWAY_WEBHOOK_REFUSED':
      return lasting(
        'WOO_GATEWAY_REFUSED',
        `The gateway in Salesforce refused to change a webhook of the store "${store}": ${message}`,
        'Enter PUBLIC_URL of the service as Service URL in Setup › Custom Metadata Types › Woo Store.',
      );
    case 'GATEWAY_STORE_UNKNOWN':
    case 'GATEWAY_STORE_WITHOUT_CREDENTIAL':
      return lasting(
        'WOO_STORE_NOT_SET_UP',
        `The gateway in Salesforce cannot use the store "${store}": ${message}`,
        'See Setup › Custom Metadata Types › Woo Store: Key, Active and Named Credential.',
      );
    case 'GATEWAY_CREDENTIAL_REFUSED':
      return lasting(
        'WOO_CREDENTIAL_REFUSED',
        message,
        'Put the keys of the shop into the external credential (npm run setup-org), and see that the integration user has the permission set that grants its principal: Woo_Store_Keys for the first store.',
      );
    case 'GATEWAY_STORE_SLOW':
    case 'GATEWAY_STORE_UNREACHABLE':
      return {
        transient: true,
        error: new CodedError(
          'WOO_UNREACHABLE',
          `Salesforce cannot reach the store at ${host}: ${message}`,
          'Check that the shop is up, that the URL of the named credential is its public https address, and that no firewall keeps Salesforce out.',
        ),
      };
    case null:
      return lasting(
        'WOO_GATEWAY_UNEXPECTED',
        `The gateway in Salesforce answered HTTP ${answer.status} in a way that this version does not know.`,
        UPGRADE,
      );
    default:
      return {
        transient: false,
        error: refusalOf(
          {
            code: 'WOO_GATEWAY_REFUSED',
            message: `The gateway in Salesforce refused a call (${code}): ${message}`,
            cure: code === 'GATEWAY_FIELD_REFUSED' ? SWITCH_ON : UPGRADE,
            mayBeOfOne: OF_BODY.includes(code),
          },
          sent,
        ),
      };
  }
}

/** Limits of Apex that a call for fewer records keeps. They cannot be caught, so the platform reports them. */
const FEWER_HELP = /heap size|regex too complicated|cpu time/i;

function bodyTooLarge(host: string, message: string): GatewayFault {
  return lasting(
    'WOO_BODY_TOO_LARGE',
    `A record for ${host} is larger than what Salesforce can pass on: ${message}`,
    'Shorten its long texts in Salesforce, or set the Route of the store to Direct.',
  );
}

function failed(what: string): GatewayFault {
  return lasting(
    'WOO_GATEWAY_FAILED',
    `The gateway in Salesforce (Apex class WooGateway) failed: ${what}`,
    'Report it as a bug with this message; meanwhile set the Route of the store to Direct.',
  );
}

/** Type and place of an uncaught exception. The rest of its message may quote a record. */
function faultIn(message: string): string {
  const [type = 'an exception of Apex'] = /[\w.]+Exception/.exec(message) ?? [];
  const [place] = /\b(?:Class|Trigger)\.[\w.]+: line \d+/.exec(message) ?? [];
  return place === undefined ? `${type}.` : `${type} at ${place}.`;
}

function lasting(code: ErrorCode, message: string, cure: string): GatewayFault {
  return { transient: false, error: new CodedError(code, message, cure) };
}

function refusalIn({ body }: ApexAnswer): { code: string | null; message: string } {
  try {
    const parsed: unknown = JSON.parse(body);
    const first: unknown = Array.isArray(parsed) ? parsed[0] : null;
    if (typeof first === 'object' && first !== null && 'errorCode' in first && 'message' in first) {
      const { errorCode, message } = first;
      if (typeof errorCode === 'string' && /^(?:GATEWAY_|APEX_ERROR$)/.test(errorCode)) {
        return { code: errorCode, message: String(message) };
      }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { code: null, message: '' };
}
