import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createOrg, type Org } from '../../org.ts';
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml/parse-xml.ts';
import { file, manifestOf, object, zipOf, type Files } from './packages.ts';

let org: Org;
let url: string;

beforeEach(async () => {
  org = createOrg();
  url = await org.listen(0);
});
afterEach(() => org.close());

const tab = { 'tabs/Nope__c.tab': file('CustomTab', '<customObject>true</customObject>') };
const good = { 'objects/Box__c.object': object('Box') };

function zip(files: Files): Buffer {
  return Buffer.from(zipOf({ 'package.xml': manifestOf(files), ...files }));
}

async function soap(body: string, token = org.adminToken): Promise<[number, XmlElement]> {
  const response = await fetch(`${url}//services/Soap/m/66.0`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: '""' },
    body: `<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata"><SessionHeader><sessionId>${token}</sessionId></SessionHeader></soapenv:Header><soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata">${body}</soapenv:Body></soapenv:Envelope>`,
  });
  expect(response.headers.get('content-type')).toBe('text/xml; charset=UTF-8');
  const [answer] = childOf(parseXml(await response.text()), 'Body')?.children ?? [];
  if (!answer) throw new Error('The answer has an empty body.');
  return [response.status, answer];
}

const textIn = (element: XmlElement, ...path: readonly string[]): string | undefined =>
  path.reduce<XmlElement | undefined>((at, name) => at && childOf(at, name), element)?.text;

async function deployBySoap(files: Files, more = ''): Promise<string> {
  const [status, answer] = await soap(
    `<deploy><ZipFile>${zip(files).toString('base64')}</ZipFile><DeployOptions><rollbackOnError>true</rollbackOnError><singlePackage>true</singlePackage>${more}</DeployOptions></deploy>`,
  );
  expect([status, answer.name]).toEqual([200, 'deployResponse']);
  expect(textIn(answer, 'result', 'done')).toBe('false');
  expect(textIn(answer, 'result', 'state')).toBe('Queued');
  return textIn(answer, 'result', 'id') ?? '';
}

async function statusBySoap(id: string, details = true): Promise<XmlElement> {
  const [status, answer] = await soap(
    `<checkDeployStatus><asyncProcessId>${id}</asyncProcessId><includeDetails>${String(details)}</includeDetails></checkDeployStatus>`,
  );
  expect(status).toBe(200);
  const result = childOf(answer, 'result');
  if (!result) throw new Error('The status has no result.');
  return result;
}

describe('the Metadata API by SOAP', () => {
  it('deploys, then says that it is done', async () => {
    const id = await deployBySoap(good);
    expect(id).toMatch(/^0Af\w{15}$/);
    const result = await statusBySoap(id);
    const told = Object.fromEntries(result.children.map((one) => [one.name, one.text]));
    expect(told).toMatchObject({
      id,
      done: 'true',
      success: 'true',
      status: 'Succeeded',
      checkOnly: 'false',
      rollbackOnError: 'true',
      createdByName: 'Ada Admin',
      numberComponentErrors: '0',
      numberComponentsDeployed: '1',
      numberComponentsTotal: '1',
    });
    const details = childOf(result, 'details');
    const successes = details ? childrenOf(details, 'componentSuccesses') : [];
    expect(successes.map((one) => textIn(one, 'fullName'))).toEqual(['package.xml', 'Box__c']);
    expect(details && textIn(details, 'runTestResult', 'numFailures')).toBe('0');
    expect(org.data.object('Box__c')?.label).toBe('Box');
    expect(childOf(await statusBySoap(id, false), 'details')).toBeUndefined();
  });

  it('says file, line and column of a failure', async () => {
    const result = await statusBySoap(await deployBySoap(tab));
    expect(textIn(result, 'status')).toBe('Failed');
    const failure = childOf(childOf(result, 'details') ?? result, 'componentFailures');
    const told = Object.fromEntries(failure?.children.map((one) => [one.name, one.text]) ?? []);
    expect(told).toMatchObject({
      componentType: 'CustomTab',
      fullName: 'Nope__c',
      fileName: 'tabs/Nope__c.tab',
      lineNumber: '2',
      columnNumber: '1',
      problemType: 'Error',
      problem: 'In field: customObject - no CustomObject named Nope__c found',
      success: 'false',
      created: 'false',
    });
  });

  it('escapes what it tells', async () => {
    const files = {
      'package.xml': file('Package', '<version>66.0</version>'),
      'objects/A&<B>__c.object': object('A'),
    };
    const result = await statusBySoap(await deployBySoap(files));
    const failure = childOf(childOf(result, 'details') ?? result, 'componentFailures');
    expect(failure && textIn(failure, 'fileName')).toBe('objects/A&<B>__c.object');
    expect(failure && textIn(failure, 'problem')).toBe('Not in package.xml');
  });

  it('tries a deploy without keeping it', async () => {
    const result = await statusBySoap(await deployBySoap(good, '<checkOnly>true</checkOnly>'));
    expect(textIn(result, 'checkOnly')).toBe('true');
    expect(textIn(result, 'success')).toBe('true');
    expect(org.data.object('Box__c')).toBeUndefined();
  });

  it('describes and lists metadata', async () => {
    await deployBySoap(good);
    const [, described] = await soap(
      '<describeMetadata><asOfVersion>66.0</asOfVersion></describeMetadata>',
    );
    const kinds = childrenOf(childOf(described, 'result') ?? described, 'metadataObjects');
    expect(kinds.map((one) => textIn(one, 'xmlName'))).toContain('PermissionSet');
    const [, listed] = await soap(
      '<listMetadata><queries><type>CustomObject</type></queries><asOfVersion>66.0</asOfVersion></listMetadata>',
    );
    const names = childrenOf(listed, 'result').map((one) => textIn(one, 'fullName'));
    expect(names).toEqual(expect.arrayContaining(['Box__c', 'Product2']));
    const [status, fault] = await soap(
      '<listMetadata><queries><type>Group</type></queries></listMetadata>',
    );
    expect(status).toBe(500);
    expect(textIn(fault, 'faultcode')).toBe('sf:INVALID_TYPE');
  });

  it.each([
    [
      'an unknown session',
      '<describeMetadata/>',
      'nobody',
      'sf:INVALID_SESSION_ID',
      /^INVALID_SESSION_ID: Invalid Session ID/,
    ],
    [
      'an unknown deploy',
      '<checkDeployStatus><asyncProcessId>0Af000000000009AAA</asyncProcessId></checkDeployStatus>',
      undefined,
      'sf:INVALID_ID_FIELD',
      /no deploy with the id 0Af000000000009AAA/,
    ],
    [
      'cancelling an unknown deploy',
      '<cancelDeploy><String>0Af000000000009AAA</String></cancelDeploy>',
      undefined,
      'sf:INVALID_ID_FIELD',
      /no deploy with the id/,
    ],
    [
      'a call that is not emulated',
      '<renameMetadata><type>CustomObject</type></renameMetadata>',
      undefined,
      'sf:NOT_EMULATED',
      /does not emulate the metadata call renameMetadata/,
    ],
    ['an empty body', '', undefined, 'sf:INVALID_XML', /no operation/],
  ])('answers %s with a fault', async (_what, body, token, code, message) => {
    const [status, fault] = await soap(body, token);
    expect(status).toBe(500);
    expect(fault.name).toBe('Fault');
    expect(textIn(fault, 'faultcode')).toBe(code);
    expect(textIn(fault, 'faultstring')).toMatch(message);
  });

  it('answers a broken envelope with a fault', async () => {
    const response = await fetch(`${url}/services/Soap/m/66.0`, {
      method: 'POST',
      body: '<a><b></a>',
    });
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('<faultcode>sf:INVALID_XML</faultcode>');
  });

  it('says that a finished deploy cannot be cancelled', async () => {
    const id = await deployBySoap(good);
    const [status, fault] = await soap(`<cancelDeploy><String>${id}</String></cancelDeploy>`);
    expect(status).toBe(500);
    expect(textIn(fault, 'faultstring')).toMatch(/is completed and can't be canceled/);
  });
});

describe('the Metadata API by REST', () => {
  const address = (): string => `${url}/services/data/v66.0/metadata/deployRequest`;
  const headers = (): Record<string, string> => ({ authorization: `Bearer ${org.adminToken}` });
  const entity = (options: unknown): string => JSON.stringify({ deployOptions: options });

  function form(parts: Readonly<Record<string, string | Buffer>>): FormData {
    const data = new FormData();
    for (const [name, content] of Object.entries(parts)) {
      if (typeof content === 'string')
        data.append(name, new Blob([content], { type: 'application/json' }));
      else
        data.append(
          name,
          new Blob([new Uint8Array(content)], { type: 'application/zip' }),
          'package.xml',
        );
    }
    return data;
  }

  it('deploys a multipart form and tells its state as JSON', async () => {
    const started = await fetch(address(), {
      method: 'POST',
      headers: headers(),
      body: form({
        file: zip(good),
        entity_content: entity({ singlePackage: true, rollbackOnError: true }),
      }),
    });
    expect(started.status).toBe(201);
    const { id } = (await started.json()) as { id: string };
    const status = await fetch(`${address()}/${id}?includeDetails=true`, { headers: headers() });
    expect(await status.json()).toMatchObject({
      id,
      deployResult: {
        done: true,
        success: true,
        status: 'Succeeded',
        details: {
          componentFailures: [],
          componentSuccesses: [{ fullName: 'package.xml' }, { fullName: 'Box__c' }],
        },
      },
      deployOptions: { singlePackage: true, rollbackOnError: true, checkOnly: false },
    });
    const short = await fetch(`${address()}/${id}`, { headers: headers() });
    expect(((await short.json()) as { deployResult: object }).deployResult).not.toHaveProperty(
      'details',
    );
  });

  it('takes the options in a part `json` too', async () => {
    const body = form({ file: zip(good), json: entity({ checkOnly: true }) });
    const started = await fetch(address(), { method: 'POST', headers: headers(), body });
    expect(started.status).toBe(201);
    expect(await started.json()).toMatchObject({ deployOptions: { checkOnly: true } });
  });

  it.each([
    ['no form', JSON.stringify({}), /sent as multipart\/form-data/],
    ['a form without a zip', form({ entity_content: entity({}) }), /has two parts/],
    [
      'options that are no JSON',
      form({ file: zip(good), entity_content: 'rollback' }),
      /no JSON with an object deployOptions/,
    ],
    [
      'JSON without options',
      form({ file: zip(good), entity_content: '[]' }),
      /no JSON with an object deployOptions/,
    ],
  ])('refuses %s', async (_what, body, message) => {
    const response = await fetch(address(), { method: 'POST', headers: headers(), body });
    expect(response.status).toBe(400);
    const [error] = (await response.json()) as [{ errorCode: string; message: string }];
    expect(error.errorCode).toBe('INVALID_MULTIPART_REQUEST');
    expect(error.message).toMatch(message);
  });

  it('refuses a form that breaks off', async () => {
    const response = await fetch(address(), {
      method: 'POST',
      headers: { ...headers(), 'content-type': 'multipart/form-data; boundary=xx' },
      body: '--xx\r\ncontent-disposition: form-data; name="file"\r\n\r\nabc',
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('breaks off before its last boundary');
  });

  it('answers an unknown deploy with 404, another path with 501, no session with 401', async () => {
    const unknown = await fetch(`${address()}/0Af000000000009AAA`, { headers: headers() });
    expect(unknown.status).toBe(404);
    const other = await fetch(`${url}/services/data/v66.0/metadata/other`, { headers: headers() });
    expect(other.status).toBe(501);
    const nobody = await fetch(`${address()}/0Af000000000009AAA`);
    expect(nobody.status).toBe(401);
  });
});
