import { CodedError } from '../errors.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { ApexAnswer } from './gateway.ts';

export interface GatewayFault {
  readonly error: CodedError;
  /** Whether it may pass by itself. */
  readonly transient: boolean;
}

const UPGRADE =
  'Deploy force-app in the version of this sidecar (sf project deploy start -d force-app).';

/** What the gateway's own refusal means: it says on which side of the shop the fault is. */
export function gatewayFault(
  host: string,
  store: string,
  answer: ApexAnswer,
): GatewayFault | 'too large' {
  const { code, message } = refusalIn(answer);
  switch (code) {
    case 'GATEWAY_ANSWER_TOO_LARGE':
      return 'too large';
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
        'Put the keys of the shop into the external credential (npm run setup-org), and see that the integration user has the permission set Woo_Integration, which grants its principal.',
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
      return lasting(
        'WOO_GATEWAY_REFUSED',
        `The gateway in Salesforce refused a call (${code}): ${message}`,
        UPGRADE,
      );
  }
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
      if (typeof errorCode === 'string' && errorCode.startsWith('GATEWAY_')) {
        return { code: errorCode, message: String(message) };
      }
    }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return { code: null, message: '' };
}
