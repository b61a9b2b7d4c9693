import { afterEach, describe, expect, it } from 'vitest';
import { forPurpose } from '../../src/lib/call-purpose.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import { SalesforceOrg } from '../../src/salesforce/org.ts';
import { failureOf, html, json } from '../support/scripted-server.ts';
import type { Answer, Received, ScriptedServer } from '../support/scripted-server.ts';
import { expired, orgThat, tokenOf, tokenPath } from './support/fake-org.ts';

let open: ScriptedServer | null = null;
afterEach(async () => {
  await open?.close();
  open = null;
});

async function orgWith(
  answer: Answer,
  deadlineMs = 5_000,
): Promise<{ org: SalesforceOrg; sent: () => Received[] }> {
  const server = await orgThat(answer);
  open = server;
  const retry = { attempts: 2, firstWaitMs: 1, longestWaitMs: 5 };
  return {
    org: new SalesforceOrg(server.signIn, { retry, deadlineMs }),
    sent: () => server.received.filter(({ path }) => path !== tokenPath),
  };
}

const documentId = (at: number): string => `069xx000000${`${at}`.padStart(4, '0')}AAA`;

interface Composite {
  readonly compositeRequest: readonly { readonly url: string; readonly referenceId: string }[];
}

const queriesIn = (request: Received): string[] =>
  (JSON.parse(request.body) as Composite).compositeRequest.map(
    ({ url }) => new URL(url, 'http://org').searchParams.get('q') ?? '',
  );

/** An org that answers queries with what `rows` gives. */
const rowsOf =
  (rows: (soql: string) => unknown[]): Answer =>
  (request, response) => {
    const compositeResponse = queriesIn(request).map((soql, at) => {
      const records = rows(soql);
      const body = { totalSize: records.length, done: true, records };
      return { httpStatusCode: 200, body, httpHeaders: {}, referenceId: `r${at}` };
    });
    json(response, 200, { compositeResponse });
  };

const version = (id: string) => ({
  attributes: { type: 'ContentVersion' },
  Id: id.replace('069', '068'),
  ContentDocumentId: id,
  Title: 'Tea',
  PathOnClient: 'Tea.png',
  FileExtension: 'png',
  ContentSize: 1234,
  Checksum: 'D41D8CD98F00B204E9800998ECF8427E',
});

describe('the latest versions of files', () => {
  it('are asked for by the ids of their documents, and those that are not visible are absent', async () => {
    const { org, sent } = await orgWith(rowsOf(() => [version(documentId(1))]));
    const ids = [documentId(1), documentId(2), documentId(1)];
    expect(await org.files.latestVersions(ids)).toEqual(
      new Map([
        [
          documentId(1),
          {
            documentId: documentId(1),
            versionId: '068xx0000000001AAA',
            title: 'Tea',
            path: 'Tea.png',
            extension: 'png',
            size: 1234,
            checksum: 'd41d8cd98f00b204e9800998ecf8427e',
          },
        ],
      ]),
    );
    expect(sent().flatMap(queriesIn)).toEqual([
      `SELECT Id, ContentDocumentId, Title, PathOnClient, FileExtension, ContentSize, Checksum FROM ContentVersion WHERE ContentDocumentId IN ('${documentId(1)}','${documentId(2)}') AND IsLatest = true`,
    ]);
    expect(org.calls).toBe(1);
  });

  it('are one call for a thousand, and none for none', async () => {
    const { org, sent } = await orgWith(
      rowsOf((soql) => (soql.match(/069\w{15}/g) ?? []).map(version)),
    );
    expect((await org.files.latestVersions([])).size).toBe(0);
    expect(sent()).toHaveLength(0);
    const ids = Array.from({ length: 1000 }, (_, at) => documentId(at));
    expect([...(await org.files.latestVersions(ids)).keys()]).toEqual(ids);
    expect(sent()).toHaveLength(1);
  });

  it('may lack what Salesforce leaves empty', async () => {
    const { org } = await orgWith(
      rowsOf(() => [
        { ...version(documentId(1)), FileExtension: null, PathOnClient: null, Checksum: null },
      ]),
    );
    const found = (await org.files.latestVersions([documentId(1)])).get(documentId(1));
    expect(found).toMatchObject({ extension: '', path: '', checksum: '' });
  });

  it('are asked for by ids alone', async () => {
    const { org, sent } = await orgWith(rowsOf(() => []));
    for (const id of ["069') OR (Id != '", documentId(1).slice(0, 15), ''])
      await expect(org.files.latestVersions([id])).rejects.toThrow(RangeError);
    expect(sent()).toHaveLength(0);
  });
});

describe('the files of records', () => {
  it('are told by record', async () => {
    const { org, sent } = await orgWith(
      rowsOf(() =>
        [1, 2].map((at) => ({
          LinkedEntityId: '01txx0000000001AAA',
          ContentDocumentId: documentId(at),
        })),
      ),
    );
    const linked = await org.files.linked(['01txx0000000001AAA', '01txx0000000002AAA']);
    expect([...linked]).toEqual([['01txx0000000001AAA', [documentId(1), documentId(2)]]]);
    expect(sent().flatMap(queriesIn)).toEqual([
      "SELECT LinkedEntityId, ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId IN ('01txx0000000001AAA','01txx0000000002AAA')",
    ]);
  });
});

describe('the bytes of a file', () => {
  const bytes = Buffer.from([0x89, 0x50, 0xff, 0xfe, 0, 1, 2, 0xc3, 0x28]);
  const answering: Answer = (_request, response) => {
    response.writeHead(200, {
      'content-type': 'application/octet-stream',
      'sforce-limit-info': 'api-usage=18/15000',
    });
    response.end(bytes);
  };

  it('come as they were uploaded, and count as a call', async () => {
    const { org, sent } = await orgWith(answering);
    expect((await org.files.read('068xx0000000001AAA', 100))?.equals(bytes)).toBe(true);
    expect(sent().map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /services/data/v66.0/sobjects/ContentVersion/068xx0000000001AAA/VersionData',
    ]);
    expect(org.calls).toBe(1);
    expect(org.callsFor.get('other')).toBe(1);
    expect(org.usage).toEqual({ limit: 15_000, remaining: 14_982 });
  });

  it('are not asked for where the work may make no call, which does not count', async () => {
    const { org, sent } = await orgWith(answering);
    const read = forPurpose(
      'backfill',
      () => org.files.read('068xx0000000001AAA', 100),
      () => {
        throw new Error('none may be made');
      },
    );
    await expect(read).rejects.toThrow('none may be made');
    expect([org.calls, org.callsFor.size]).toEqual([0, 0]);
    expect(sent().filter(({ method }) => method === 'GET')).toEqual([]);
  });

  it('may be as many as are wanted and no more', async () => {
    const { org } = await orgWith(answering);
    expect(await org.files.read('068xx0000000001AAA', bytes.length)).toHaveLength(bytes.length);
    expect(await org.files.read('068xx0000000001AAA', bytes.length - 1)).toBeNull();
  });

  it.each([
    ['when their number is said', true],
    ['while they come', false],
  ])('are refused early %s', async (_when, said) => {
    let sent = 0;
    let closed = false;
    const { org } = await orgWith((_request, response) => {
      const length = said ? { 'content-length': '1000000000' } : {};
      response.writeHead(200, { 'content-type': 'application/octet-stream', ...length });
      const more = setInterval(() => {
        sent += 1_000;
        response.write(Buffer.alloc(1_000));
      }, 1);
      response.on('close', () => {
        closed = true;
        clearInterval(more);
      });
    });
    expect(await org.files.read('068xx0000000001AAA', 10_000)).toBeNull();
    await expect.poll(() => closed).toBe(true);
    expect(sent).toBeLessThan(1_000_000);
  });

  it('are null where the file is gone or not visible', async () => {
    const { org } = await orgWith((_request, response) => {
      json(response, 404, [{ errorCode: 'NOT_FOUND', message: 'Not there.' }]);
    });
    expect(await org.files.read('068xx0000000001AAA', 100)).toBeNull();
  });

  it('are asked for again in a new session, and where the org cannot answer for a moment', async () => {
    let calls = 0;
    const { org, sent } = await orgWith((request, response) => {
      calls += 1;
      if (tokenOf(request) === '00Dtoken1') expired(response);
      else if (calls === 2) html(response, 503);
      else if (calls === 3) {
        response.writeHead(200, { 'content-length': '9' });
        response.write('12', () => response.destroy());
      } else answering(request, response);
    });
    // Two attempts; the ended session costs none.
    expect(await failureOf(org.files.read('068xx0000000001AAA', 100))).toMatchObject({
      code: 'SF_UNREACHABLE',
    });
    expect(await org.files.read('068xx0000000001AAA', 100)).toHaveLength(bytes.length);
    expect(sent()).toHaveLength(4);
    expect(org.calls).toBe(4);
  });

  it.each([
    [403, 'INSUFFICIENT_ACCESS', 'SF_REFUSED'],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'SF_LIMIT_EXCEEDED'],
    [404, 'SOMETHING_ELSE', 'SF_REFUSED'],
    [302, null, 'SF_UNEXPECTED_ANSWER'],
    [404, null, 'SF_UNEXPECTED_ANSWER'],
  ])('that HTTP %i %s stands for are %s', async (status, code, ours) => {
    const { org } = await orgWith((_request, response) => {
      if (code === null) html(response, status);
      else json(response, status, [{ errorCode: code, message: 'jane@example.com' }]);
    });
    const error = await failureOf(org.files.read('068xx0000000001AAA', 100));
    expect(error).toBeInstanceOf(CodedError);
    expect(error).toMatchObject({ code: ours });
    expect((error as Error).message).not.toContain('jane');
  });

  it('have a deadline', async () => {
    const { org } = await orgWith((_request, response) => {
      response.writeHead(200, { 'content-length': '9' });
      response.write('12');
    }, 100);
    expect(await failureOf(org.files.read('068xx0000000001AAA', 100))).toMatchObject({
      code: 'SF_UNREACHABLE',
    });
  });
});

describe('a file that is made', () => {
  const upload = {
    title: 'Tea',
    path: 'tea.png',
    bytes: Buffer.from([0xff, 0, 0xfe]),
    linkTo: '01txx0000000001AAA',
  };
  const versionId = documentId(1).replace('069', '068');

  it('is on its record, and known by both ids', async () => {
    const rows = rowsOf(() => [version(documentId(1))]);
    const { org, sent } = await orgWith((request, response) => {
      if (request.path.endsWith('/composite')) rows(request, response);
      else json(response, 201, { id: versionId, success: true, errors: [] });
    });
    expect(await org.files.upload(upload)).toEqual({ documentId: documentId(1), versionId });
    expect(sent()[0]?.path).toBe('/services/data/v66.0/sobjects/ContentVersion');
    expect(JSON.parse(sent()[0]?.body ?? '')).toEqual({
      Title: 'Tea',
      PathOnClient: 'tea.png',
      FirstPublishLocationId: '01txx0000000001AAA',
      VersionData: '/wD+',
    });
    expect(sent()).toHaveLength(2);
  });

  it('is tried once', async () => {
    const { org, sent } = await orgWith((_request, response) => {
      html(response, 503);
    });
    expect(await failureOf(org.files.upload(upload))).toMatchObject({ code: 'SF_UNAVAILABLE' });
    expect(sent()).toHaveLength(1);
  });
});
