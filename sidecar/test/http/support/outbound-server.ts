import { expect } from 'vitest';
import type { Server } from '../../../src/http/server.ts';
import { countsOf, EngineStandIn, secrets, serveWebhooks, silent } from './server.ts';

export let engine: EngineStandIn;

export let server: Server;

export let warned: unknown[];

export const { current, old } = secrets.outboundToken();

export const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

export function send(body: string | Buffer, token = current.reveal()): Promise<Response> {
  const url = `${server.url}/salesforce/outbound/${token}`;
  return fetch(url, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });
}

export const messages = (): Promise<Record<string, number>> =>
  countsOf(server, 'outbound_messages');

export const notifications = (): Promise<Record<string, number>> =>
  countsOf(server, 'outbound_notifications');

export const edit = (recordId: string | null, key: string | null = null) => ({
  object: 'product2',
  recordId,
  key,
});

export const ack =
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>';

export async function isAck(response: Response): Promise<void> {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  expect(await response.text()).toBe(ack);
}

/** Before each test. @param publicUrl the address that Salesforce calls; undefined for the server's own */
export async function openServer(publicUrl?: string): Promise<void> {
  engine = new EngineStandIn();
  warned = [];
  const log = { ...silent, warn: (fields: object) => warned.push(fields) };
  server = await serveWebhooks(engine, publicUrl, log);
}

export const closeServer = (): Promise<void> => server.close();
