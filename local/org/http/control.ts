import { ApiError } from '../model/errors.ts';
import { readDuplicateRule } from '../data/duplicate-rules.ts';
import type { Deliverability } from '../data/outbound/sent.ts';
import { readFault } from '../data/faults.ts';
import { mergeRecords } from '../write/merge.ts';
import type { OrgData } from '../data/org-data.ts';
import type { OutboundControl } from '../outbound/outbound-control.ts';
import { notEmulated, ok, type Answer } from '../api/answer.ts';
import type { RequestLog } from '../api/request-log.ts';
import type { Sessions } from '../api/sessions.ts';

type Body = Readonly<Record<string, unknown>>;

const done: Answer = { status: 204 };
const maxLimit = 1_000_000_000;

function limitOf(body: Body): number {
  const { limit, ...rest } = body;
  const [stranger] = Object.keys(rest);
  if (stranger !== undefined) {
    throw new ApiError(400, 'INVALID_INPUT', `There is no option ${stranger}: give limit.`);
  }
  if (typeof limit === 'number' && Number.isInteger(limit) && limit >= 0 && limit <= maxLimit) {
    return limit;
  }
  throw new ApiError(
    400,
    'INVALID_INPUT',
    `limit is ${JSON.stringify(limit)}: give a whole number from 0 to ${maxLimit}.`,
  );
}

function deliverabilityOf({ access, ...rest }: Body): Deliverability {
  const [stranger] = Object.keys(rest);
  if (stranger === undefined && (access === 'all' || access === 'system' || access === 'none')) {
    return access;
  }
  throw new ApiError(
    400,
    'INVALID_INPUT',
    'Give access, as all, system or none, and nothing else.',
  );
}

/** Not Salesforce: what tests, demo and bench ask this org about itself, and what they make it do. */
export class Control {
  private readonly org: OrgData;
  private readonly log: RequestLog;
  private readonly sessions: Sessions;
  private readonly outbound: OutboundControl;
  /** Whose name merges carry. */
  private readonly adminId: string;

  constructor(
    org: OrgData,
    log: RequestLog,
    sessions: Sessions,
    outbound: OutboundControl,
    adminId: string,
  ) {
    this.org = org;
    this.log = log;
    this.sessions = sessions;
    this.outbound = outbound;
    this.adminId = adminId;
  }

  /** @throws ApiError 400 with a sentence for a body that cannot be followed */
  answer(method: string, path: string, body: Body): Answer {
    switch (`${method} ${path}`) {
      case 'GET /local/requests':
        return ok(this.log.totals());
      case 'POST /local/requests/reset':
        this.log.reset();
        return done;
      case 'POST /local/daily-limit':
        this.log.dailyLimit = limitOf(body);
        return done;
      case 'POST /local/sessions/end':
        this.sessions.endAll();
        return done;
      case 'POST /local/merge':
        mergeRecords(this.org, this.adminId, body['master'], body['merged']);
        return done;
      default:
        return (
          this.outbound.answer(method, path, body) ??
          this.faults(method, path, body) ??
          this.sent(method, path, body) ??
          this.rules(method, path, body)
        );
    }
  }

  private faults(method: string, path: string, body: Body): Answer | undefined {
    const { faults } = this.org;
    switch (`${method} ${path}`) {
      case 'GET /local/faults':
        return ok(faults.list());
      case 'POST /local/faults':
        faults.add(readFault(body, (name) => this.org.object(name)?.name));
        return { status: 201, body: faults.list() };
      case 'POST /local/faults/reset':
        faults.clear();
        return done;
      default:
        return undefined;
    }
  }

  /** What the bell of a user shows. */
  heardBy(username: string): Answer {
    return ok(this.org.sent.heardBy(username));
  }

  /** What flows have told people. */
  private sent(method: string, path: string, body: Body): Answer | undefined {
    const { sent } = this.org;
    switch (`${method} ${path}`) {
      case 'GET /local/sent':
        return ok(sent.list());
      case 'POST /local/sent/reset':
        sent.clear();
        return done;
      case 'POST /local/deliverability':
        sent.deliverability = deliverabilityOf(body);
        return done;
      default:
        return undefined;
    }
  }

  private rules(method: string, path: string, body: Body): Answer {
    const { duplicateRules } = this.org;
    switch (`${method} ${path}`) {
      case 'GET /local/duplicate-rules':
        return ok(duplicateRules.list());
      case 'POST /local/duplicate-rules':
        duplicateRules.put(
          readDuplicateRule(body, (name) => this.org.object(name)?.fields.map((one) => one.name)),
        );
        return { status: 201, body: duplicateRules.list() };
      case 'POST /local/duplicate-rules/reset':
        duplicateRules.reset();
        return done;
      case 'POST /local/duplicate-rules/none':
        duplicateRules.reset([]);
        return done;
      default:
        return notEmulated(method, path);
    }
  }
}
