import type { IncomingMessage } from 'node:http';
import type { Log } from '../../lib/log.ts';
import {
  type Envelope,
  type Notification,
  parseEnvelope,
} from '../../salesforce/outbound/envelope.ts';
import { type XmlFault, XmlRefused } from '../../salesforce/outbound/xml-text.ts';
import { fits } from '../../salesforce/record-id.ts';
import { BodyReader } from '../body-reader.ts';
import type { Edit, Engine } from '../engine-port.ts';
import { describeFailure } from '../failure-log.ts';
import type { OutboundCount } from '../metrics-route.ts';
import type { MessageOutcome, NotificationOutcome } from '../outcomes.ts';
import { storedInTime } from '../store-deadline.ts';
import { DroppedLog } from './dropped-log.ts';

const megabyte = 1024 * 1024;
/** A hundred records with all their fields take less. */
const largestBody = 5 * megabyte;
const heldBodies = 32 * megabyte;

/** Turns outbound messages into edits. Whoever calls has checked the token. */
export class OutboundReceiver {
  readonly #engine: Engine;
  readonly #count: OutboundCount;
  readonly #log: Log;
  readonly #bodies = new BodyReader(heldBodies);
  readonly #dropped: DroppedLog;
  #toldForeign = false;

  constructor(engine: Engine, count: OutboundCount, log: Log) {
    this.#engine = engine;
    this.#count = count;
    this.#log = log;
    this.#dropped = new DroppedLog(log);
  }

  /** Resolves once all that is of use is durable. */
  async receive(request: IncomingMessage): Promise<MessageOutcome> {
    const outcome = await this.#handle(request);
    this.#count.message(outcome);
    return outcome;
  }

  async #handle(request: IncomingMessage): Promise<MessageOutcome> {
    if (Number(request.headers['content-length'] ?? 0) > largestBody) return 'too_large';
    const ours = this.#engine.organizationId;
    // Salesforce sends it again.
    if (ours === null) return 'not_ready';
    const envelope = await this.#bodies.read(request, largestBody, read);
    if (typeof envelope === 'string') return envelope;
    // One of both may have 15 characters, and they are the same ones.
    if (envelope.organizationId.slice(0, 15) !== ours.slice(0, 15)) return this.#foreign(envelope);
    const edits = envelope.notifications.flatMap((one) => this.#editOf(one) ?? []);
    return edits.length === 0 ? 'ignored' : this.#keep(edits);
  }

  #foreign({ organizationId, actionId }: Envelope): MessageOutcome {
    if (!this.#toldForeign)
      this.#log.warn(
        { organizationId, actionId },
        'Another org sends us outbound messages, and they are refused: it must not have the address of ours',
      );
    this.#toldForeign = true;
    return 'foreign_org';
  }

  /** @returns null for one that is of no use, or spoilt: it must not keep the others from being stored */
  #editOf(notification: Notification): Edit | null {
    const { id, object, recordId, key } = notification;
    const outcome = this.#judge(notification);
    this.#count.notification(outcome);
    if (outcome === 'changed' || outcome === 'deleted') return { object, recordId, key };
    this.#dropped.add(outcome, id);
    return null;
  }

  #judge({ object, recordId, hasData }: Notification): NotificationOutcome {
    if (object !== null && !this.#engine.knowsObject(object)) return 'unknown_object';
    if (!hasData) return 'deleted';
    if (object === null) return 'unknown_object';
    if (recordId === null) return 'no_id';
    return fits(object, recordId) ? 'changed' : 'foreign_id';
  }

  async #keep(edits: readonly Edit[]): Promise<MessageOutcome> {
    try {
      await storedInTime(this.#engine.onEdits(edits));
      return 'stored';
    } catch (error) {
      this.#log.error(
        describeFailure(error),
        'An outbound message could not be stored, and is refused: Salesforce sends it again',
      );
      return 'not_stored';
    }
  }
}

function read(body: Buffer): Envelope | XmlFault {
  try {
    return parseEnvelope(body);
  } catch (error) {
    if (error instanceof XmlRefused) return error.fault;
    throw error;
  }
}
