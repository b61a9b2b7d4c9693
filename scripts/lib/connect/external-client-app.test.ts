import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { generate } from 'selfsigned';
import type { Ran } from '../sf.ts';
import { externalClientApp } from './external-client-app.ts';
import { inPrivateFolder } from './private-folder.ts';

let certificate: string;
beforeAll(async () => {
  certificate = (await generate([{ name: 'commonName', value: 'x' }], { keySize: 2048 })).cert;
});

const ok: Ran = { code: 0, stdout: '{"result":{}}', stderr: '' };
const refused = (stdout: object): Ran => ({ code: 1, stdout: JSON.stringify(stdout), stderr: '' });

/** Answers as the CLI does of an org that keeps what was deployed, and generates the consumer key. */
class FakeSf {
  readonly calls: string[] = [];
  /** Files of the last deploy, by their path. */
  readonly deployed = new Map<string, string>();
  readonly folders: string[] = [];
  shown = new Map<string, string>();
  deployAnswer: Ran = ok;
  key: string | null = '3MVG9key';

  async run(args: readonly string[]): Promise<Ran> {
    this.calls.push(args.slice(0, 3).join(' '));
    const folder = args[args.findIndex((one) => one.endsWith('-dir')) + 1] ?? '';
    this.folders.push(folder);
    if (args[1] === 'retrieve') return this.retrieve(join(folder, 'unpackaged'));
    expect((await stat(folder)).mode & 0o77).toBe(0);
    for (const path of await readdir(folder, { recursive: true }))
      if (path.includes('.')) this.deployed.set(path, await readFile(join(folder, path), 'utf8'));
    if (this.deployAnswer.code === 0) this.keep();
    return this.deployAnswer;
  }

  keep(): void {
    this.shown = new Map(
      [...this.deployed].map(([path, text]) => {
        const key = this.key === null ? '' : `<consumerKey>${this.key}</consumerKey>`;
        return [path, text.replace('</certificate>', `</certificate>${key}`)];
      }),
    );
  }

  private async retrieve(folder: string): Promise<Ran> {
    for (const [path, text] of this.shown) {
      await mkdir(join(folder, path, '..'), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return ok;
  }
}

let sf: FakeSf;
beforeEach(() => {
  sf = new FakeSf();
});
const wanted = () => ({
  contactEmail: 'a&b@example.com',
  username: 'Sync@example.com',
  certificate,
});

describe('the app', () => {
  it('is deployed with its four components, and its key is read back', async () => {
    expect(await externalClientApp(sf, wanted())).toEqual({
      kind: 'ready',
      consumerKey: '3MVG9key',
      deployed: true,
    });
    expect([...sf.deployed.keys()].sort()).toEqual([
      'externalClientApps/Woo_Sync.eca',
      'extlClntAppGlobalOauthSets/Woo_Sync_glbloauth.ecaGlblOauth',
      'extlClntAppOauthPolicies/Woo_Sync_oauth_defaultPolicy.ecaOauthPlcy',
      'extlClntAppOauthSettings/Woo_Sync_oauth.ecaOauth',
      'package.xml',
    ]);
    expect(sf.deployed.get('externalClientApps/Woo_Sync.eca')).toContain('a&amp;b@example.com');
  });

  it('is left as it is by a second run', async () => {
    await externalClientApp(sf, wanted());
    sf.calls.length = 0;
    expect(await externalClientApp(sf, { ...wanted(), username: 'sync@example.com' })).toEqual({
      kind: 'ready',
      consumerKey: '3MVG9key',
      deployed: false,
    });
    expect(sf.calls).toEqual(['project retrieve start']);
  });

  it('is deployed again for another certificate or user, with the policies that it has', async () => {
    await externalClientApp(sf, wanted());
    const [path = '', text = ''] =
      [...sf.shown].find(([one]) => one.endsWith('.ecaOauthPlcy')) ?? [];
    sf.shown.delete(path);
    sf.shown.set('extlClntAppOauthPolicies/Woo_Sync_oauthPlcy.ecaOauthPlcy', text);
    sf.deployed.clear();
    const again = await externalClientApp(sf, { ...wanted(), username: 'other@example.com' });
    expect(again).toMatchObject({ kind: 'ready', deployed: true });
    expect([...sf.deployed.keys()]).toContain(
      'extlClntAppOauthPolicies/Woo_Sync_oauthPlcy.ecaOauthPlcy',
    );
    const other = (await generate([{ name: 'commonName', value: 'y' }], { keySize: 2048 })).cert;
    expect(await externalClientApp(sf, { ...wanted(), certificate: other })).toMatchObject({
      kind: 'ready',
      deployed: true,
    });
  });

  it('is known by a certificate that the org shows without its first and last line', async () => {
    await externalClientApp(sf, wanted());
    for (const [path, text] of sf.shown) {
      sf.shown.set(path, text.replaceAll(/-----(BEGIN|END) CERTIFICATE-----/g, ''));
    }
    expect(await externalClientApp(sf, wanted())).toMatchObject({ deployed: false });
  });

  it('is left to the admin where the org does not take it', async () => {
    sf.deployAnswer = refused({
      result: { details: { componentFailures: { fullName: 'Woo_Sync', problem: 'not enabled' } } },
    });
    expect(await externalClientApp(sf, wanted())).toEqual({
      kind: 'by hand',
      reason: 'The org does not let the external client app be deployed: Woo_Sync: not enabled',
      setupPath: '/lightning/setup/ManageExternalClientApplication/home',
    });
    sf.deployAnswer = refused({ message: 'no such type' });
    expect(await externalClientApp(sf, wanted())).toMatchObject({
      reason: expect.stringContaining('no such type') as string,
    });
  });

  it('is left to the admin where the org does not show the key', async () => {
    sf.key = null;
    expect(await externalClientApp(sf, wanted())).toMatchObject({
      kind: 'by hand',
      reason: expect.stringContaining('consumer key') as string,
    });
  });

  it('leaves no folder behind', async () => {
    await externalClientApp(sf, wanted());
    sf.deployAnswer = refused({});
    await externalClientApp(sf, wanted());
    expect(sf.folders.length).toBeGreaterThan(3);
    expect(sf.folders.filter((one) => existsSync(one))).toEqual([]);
  });

  it('is not taken for refused when it is stopped', async () => {
    sf.deployAnswer = refused({});
    const stopped = AbortSignal.abort(new Error('stopped'));
    await expect(externalClientApp(sf, wanted(), stopped)).rejects.toThrow('stopped');
  });
});

describe('a private folder', () => {
  it('is its owner’s alone, and gone after a failure', async () => {
    let left = '';
    const failing = inPrivateFolder(async (folder) => {
      left = folder;
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
      throw new Error('failed');
    });
    await expect(failing).rejects.toThrow('failed');
    expect(existsSync(left)).toBe(false);
  });

  it('is gone before the process is ended', async () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true);
    const others = process.rawListeners('SIGHUP');
    process.removeAllListeners('SIGHUP');
    await inPrivateFolder(async (folder) => {
      await writeFile(join(folder, 'secret'), 'x');
      process.emit('SIGHUP', 'SIGHUP');
      expect(existsSync(folder)).toBe(false);
    });
    for (const one of others) process.on('SIGHUP', one as () => void);
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGHUP');
    kill.mockRestore();
  });

  it('stays for who ends the work by itself, and is gone then', async () => {
    const other = (): void => undefined;
    process.on('SIGHUP', other);
    let left = '';
    await inPrivateFolder((folder) => {
      left = folder;
      process.emit('SIGHUP', 'SIGHUP');
      expect(existsSync(folder)).toBe(true);
      return Promise.resolve();
    });
    process.off('SIGHUP', other);
    expect(existsSync(left)).toBe(false);
  });
});
