import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { jsonOf } from '../install/admin-session.ts';
import type { SfCli } from '../sf.ts';
import { writeComponents, type WantedApp } from './app-components.ts';
import { asked, readComponents, type FoundApp } from './found-app.ts';
import { inPrivateFolder } from './private-folder.ts';

export type AppOutcome =
  | {
      readonly kind: 'ready';
      /** The value of `SF_CLIENT_ID`; no secret. */
      readonly consumerKey: string;
      /** False where the org had the app as it should be. */
      readonly deployed: boolean;
    }
  | {
      /** The org does not let the app be made, or its key be read, by the API. */
      readonly kind: 'by hand';
      /** A sentence. */
      readonly reason: string;
      /** Page of Setup, below the address of the org. */
      readonly setupPath: string;
    };

const SETUP_PATH = '/lightning/setup/ManageExternalClientApplication/home';

/**
 * Finds the external client app in the CLI's target org, or deploys it, and reads its consumer key. The permission
 * set `Woo_Integration` and the user must be in the org. What is written for it is in a temporary folder that is
 * removed; nothing of it stays in the project, as Salesforce wants the global settings in no source control.
 * @throws Error where the CLI cannot be run, the reason of `stopped` where that aborts
 */
export function externalClientApp(
  sf: Pick<SfCli, 'run'>,
  wanted: WantedApp,
  stopped?: AbortSignal,
): Promise<AppOutcome> {
  return inPrivateFolder(async (folder) => {
    const cli = new AppCli(sf, folder, stopped);
    try {
      const before = await cli.retrieve(wanted);
      if (before.isAsWanted && before.consumerKey !== null) return ready(before.consumerKey, false);
      await cli.deploy(wanted, before.policyName);
      const { consumerKey } = await cli.retrieve(wanted);
      if (consumerKey !== null) return ready(consumerKey, true);
      return byHand('The org does not show the consumer key of the app Woo Sync.');
    } catch (error) {
      stopped?.throwIfAborted();
      if (error instanceof Refused) return byHand(error.message);
      throw error;
    }
  });
}

const ready = (consumerKey: string, deployed: boolean): AppOutcome => ({
  kind: 'ready',
  consumerKey,
  deployed,
});
const byHand = (reason: string): AppOutcome => ({
  kind: 'by hand',
  reason,
  setupPath: SETUP_PATH,
});

/** What the org said to a deploy or retrieve. */
class Refused extends Error {}

const failure = z.object({ fullName: z.string(), problem: z.string().optional() });
const answer = z.object({
  message: z.string().optional(),
  result: z
    .object({
      details: z
        .object({ componentFailures: z.union([failure, z.array(failure)]).optional() })
        .optional(),
    })
    .optional(),
});

class AppCli {
  readonly #sf: Pick<SfCli, 'run'>;
  readonly #folder: string;
  readonly #stopped: AbortSignal | undefined;
  #runs = 0;

  constructor(sf: Pick<SfCli, 'run'>, folder: string, stopped: AbortSignal | undefined) {
    this.#sf = sf;
    this.#folder = folder;
    this.#stopped = stopped;
  }

  async retrieve(wanted: WantedApp): Promise<FoundApp> {
    const folder = await this.#subfolder();
    const types = asked.flatMap((one) => ['--metadata', one]);
    await this.#must('retrieve', [...types, '--target-metadata-dir', folder, '--unzip']);
    return readComponents(folder, wanted);
  }

  async deploy(wanted: WantedApp, policyName: string | null): Promise<void> {
    const folder = await this.#subfolder();
    await writeComponents(folder, wanted, policyName);
    await this.#must('deploy', ['--metadata-dir', folder]);
  }

  async #subfolder(): Promise<string> {
    this.#runs += 1;
    const folder = join(this.#folder, String(this.#runs));
    await mkdir(folder, { mode: 0o700 });
    return folder;
  }

  async #must(what: 'deploy' | 'retrieve', args: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await this.#sf.run(
      ['project', what, 'start', ...args, '--json'],
      this.#stopped ? { stopped: this.#stopped } : {},
    );
    if (code === 0) return;
    const { message, result } = answer.safeParse(jsonOf(stdout)).data ?? {};
    const failures = [result?.details?.componentFailures ?? []].flat();
    const reasons = failures.map(({ fullName, problem }) => `${fullName}: ${problem ?? '?'}`);
    const said = reasons.length > 0 ? reasons.join('; ') : (message ?? stderr.trim());
    throw new Refused(
      `The org does not let the external client app be ${what === 'deploy' ? 'deployed' : 'read'}: ${said}`,
    );
  }
}
