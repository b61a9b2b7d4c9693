import { expect } from 'vitest';
import type { OrgOptions } from '../../org.ts';
import { HttpOrg, type Reply } from './http-org.ts';
import { OmReceiver } from './om-receiver.ts';

export const message = 'Product2.Woo_Product';

/** What is awaited comes in milliseconds, unless the machine is busy. */
export const poll = <T>(read: () => T) => expect.poll(read);

interface Shown {
  readonly now: number;
  readonly notifications: Readonly<Record<string, number>>;
  readonly waiting: readonly Readonly<Record<string, unknown>>[];
  readonly done: readonly Readonly<Record<string, unknown>>[];
  readonly envelopes: readonly Readonly<Record<string, unknown>>[];
}

/** A listening org with an outbound message of products, and the endpoint that it is sent to. */
export class OmOrg {
  readonly http: HttpOrg;
  readonly receiver: OmReceiver;
  /** What the org said. */
  readonly lines: string[];

  private constructor(http: HttpOrg, receiver: OmReceiver, lines: string[]) {
    this.http = http;
    this.receiver = receiver;
    this.lines = lines;
  }

  static async start(options: OrgOptions = {}): Promise<OmOrg> {
    const lines: string[] = [];
    const receiver = await new OmReceiver().start();
    const http = await HttpOrg.start({ ...options, report: (line) => lines.push(line) });
    const org = new OmOrg(http, receiver, lines);
    org.deploy(receiver.url);
    return org;
  }

  /** Puts the message into the org as a deploy does. */
  deploy(url: string, more: object = {}, fullName = message): void {
    const body = {
      apiVersion: 66,
      endpointUrl: `${url}/sf/outbound/secret-token`,
      fields: ['Name', 'IsActive', 'Id', 'Description', 'LastModifiedDate', 'Woo_Key__c'],
      includeSessionId: false,
      integrationUser: this.http.org.integrationUsername,
      name: 'Woo Product',
      protected: false,
      useDeadLetterQueue: false,
      ...more,
    };
    this.http.org.data.putComponents([{ type: 'WorkflowOutboundMessage', fullName, body }]);
  }

  /** Saves a product, and queues its notification in the same transaction. */
  async product(values: object): Promise<string> {
    const id = await this.http.create('Product2', values);
    this.http.org.data.outbound.queue(message, id);
    return id;
  }

  /** Queues notifications of records that are not there. */
  queue(many: number): void {
    const { data } = this.http.org;
    data.db.transaction(() => {
      for (let n = 0; n < many; n++) data.outbound.queue(message, '01tLo0000000001IAA');
    });
  }

  control(action: string, body: object = {}): Promise<Reply> {
    return this.http.ask('POST', `/local/outbound/${action}`, body);
  }

  async shown(): Promise<Shown> {
    return (await this.http.ask('GET', '/local/outbound')).body as Shown;
  }

  async count(state: string): Promise<number> {
    const { body } = await this.http.ask('GET', '/local/outbound/totals');
    return (body as Shown).notifications[state] ?? 0;
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.receiver.close();
  }
}
