import { afterEach, describe, expect, it } from 'vitest';
import type { LeadConversion } from '../../src/ports/org.ts';
import { convertLeads } from '../../src/salesforce/convert-leads.ts';
import { type Answer, json } from '../support/scripted-server.ts';
import { closeOrg, connected, data, failure, signInsAt } from './support/connected-org.ts';

afterEach(closeOrg);

const LEAD: LeadConversion = {
  leadId: '00Q1',
  accountId: '0011',
  contactId: '0031',
  convertedStatus: 'Closed - Converted',
  ownerId: null,
};
/** A token of three parts, the first of which says its kind: what jsforce takes for a JSON Web Token. */
const JWT = [{ typ: 'JWT', alg: 'RS256' }, { sub: 'user' }, 'signed']
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

const issuing =
  (accessToken: string): Answer =>
  ({ headers }, response) => {
    json(response, 200, {
      access_token: accessToken,
      instance_url: `http://${headers.host ?? ''}`,
      token_type: 'Bearer',
    });
  };

/** Answers as the SOAP API does. */
const xml =
  (status: number, body: string): Answer =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'text/xml; charset=UTF-8' });
    response.end(
      '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="urn:partner.soap.sforce.com">' +
        `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`,
    );
  };
const answered = (...results: readonly string[]): Answer =>
  xml(
    200,
    `<convertLeadResponse>${results.map((one) => `<result>${one}</result>`).join('')}</convertLeadResponse>`,
  );
const DONE = '<success>true</success>';
const refusal = (code: string): string =>
  `<errors><message>no</message><statusCode>${code}</statusCode></errors><success>false</success>`;
const fault = (code: string): Answer =>
  xml(
    500,
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: no</faultstring></soapenv:Fault>`,
  );

describe('the conversion of leads', () => {
  it('is asked for in the order of the WSDL, and answered for each lead', async () => {
    const answer = answered(DONE, refusal('CANNOT_UPDATE_CONVERTED_LEAD'));
    const { server, connection } = await connected(answer);
    const results = await convertLeads(connection, [LEAD, { ...LEAD, ownerId: '0051' }]);
    expect(results.map(({ errors }) => errors.map(({ code }) => code))).toEqual([
      [],
      ['CANNOT_UPDATE_CONVERTED_LEAD'],
    ]);
    const [sent] = data(server);
    expect(sent?.path).toBe('/services/Soap/u/66.0');
    const [first = '', second = ''] = sent?.body.split('</leadConverts>') ?? [];
    const namesOf = (text: string) =>
      [...text.slice(text.indexOf('leadConverts')).matchAll(/<(\w+)>/g)].map(([, name]) => name);
    const named = ['accountId', 'contactId', 'convertedStatus', 'doNotCreateOpportunity'];
    const rest = [...named, 'leadId', 'overwriteLeadSource'];
    expect(namesOf(first)).toEqual([...rest, 'sendNotificationEmail']);
    expect(first).toContain('<doNotCreateOpportunity>true<');
    expect(first).toContain('<overwriteLeadSource>false<');
    expect(first).toContain('<sendNotificationEmail>false<');
    expect(namesOf(second)).toEqual([...rest, 'ownerId', 'sendNotificationEmail']);
  });

  it('is tried once: after a failure it may have been carried out', async () => {
    const { server, connection } = await connected((_request, response) => {
      response.writeHead(503, { 'content-type': 'text/xml' });
      response.end();
    });
    await failure(convertLeads(connection, [LEAD]));
    expect(data(server)).toHaveLength(1);
  });

  it('is over for now where the org takes no changes, of one lead or of the call', async () => {
    const code = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';
    const partly = await connected(answered(DONE, refusal(code)));
    const error = await failure(convertLeads(partly.connection, [LEAD, LEAD]));
    expect(error.code).toBe('SF_READ_ONLY');
    await closeOrg();
    const wholly = await connected(fault(code));
    expect((await failure(convertLeads(wholly.connection, [LEAD]))).code).toBe('SF_READ_ONLY');
  });

  it('is renewed with the session that ended, where the token is opaque', async () => {
    let asked = 0;
    const { server, connection } = await connected((request, response) => {
      asked += 1;
      (asked === 1 ? fault('INVALID_SESSION_ID') : answered(DONE))(request, response);
    });
    expect(await convertLeads(connection, [LEAD])).toMatchObject([{ errors: [] }]);
    expect(signInsAt(server)).toHaveLength(2);
  });

  it('is not taken for one, where the answer has results for other leads', async () => {
    const { connection } = await connected(answered(DONE, DONE));
    expect((await failure(convertLeads(connection, [LEAD]))).message).toContain('1 leads sent');
  });
});

describe('access tokens that are JSON Web Tokens', () => {
  it('are taken to the first version that knows them', async () => {
    const { server, connection } = await connected(answered(DONE), issuing(JWT));
    expect(await convertLeads(connection, [LEAD])).toMatchObject([{ errors: [] }]);
    expect(data(server).map(({ path }) => path)).toEqual(['/services/Soap/u/68.0']);
    expect(data(server)[0]?.body).toContain(`<sessionId>${JWT}</sessionId>`);
  });

  it.each(['INVALID_SESSION_ID', 'UNSUPPORTED_API_VERSION'])(
    'are named where the org does not: %s',
    async (code) => {
      const { server, connection } = await connected(fault(code), issuing(JWT));
      const error = await failure(convertLeads(connection, [LEAD]));
      expect(error.code).toBe('LEAD_TOKEN_REFUSED');
      expect(error.cure).toContain('JSON Web Token (JWT)-based access tokens');
      expect(error.message).not.toContain(JWT);
      expect(signInsAt(server)).toHaveLength(1);
    },
  );
});
