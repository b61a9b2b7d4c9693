import { announcedDeploy } from '../lib/install/upgrade/announced-deploy.ts';
import { endpointOf } from '../lib/install/outbound.ts';
import { outboundEnv } from '../lib/install/install.ts';
import { tellService } from '../lib/install/reload.ts';
import type { SfCli } from '../lib/sf.ts';
import { editsOfProject, inProject } from './configuration/project-copy.ts';
import type { Plan, Settings } from './plan.ts';
import { stoppable } from './stoppable.ts';

/**
 * Deploys the configuration as it was answered; into an org that has its own, the metadata and the outbound messages.
 * Metadata of a package is left to it.
 */
export async function deployAnswers(
  sf: SfCli,
  { found, mappings, publicUrl, packaged }: Plan,
  settings: Settings,
  production: boolean,
): Promise<void> {
  const { session, org, shop, user } = found;
  const upgrade = org.store !== null;
  const env = {
    PUBLIC_URL: publicUrl ?? undefined,
    SIDECAR_SECRET: settings['SIDECAR_SECRET'] ?? undefined,
  };
  const outbound = {
    endpoint: publicUrl === null ? null : endpointOf(env),
    username: user.username,
  };
  if (org.store !== null && publicUrl !== null && org.store.serviceUrl !== publicUrl)
    console.log(
      `Service URL of the Woo Store is ${org.store.serviceUrl ?? 'blank'}: enter ${publicUrl} in Setup › Custom Metadata Types › Woo Store, or no webhook is made.`,
    );
  const metadata = {
    upgrade,
    packaged,
    storeUrl: upgrade ? undefined : shop.url,
    outbound,
    production,
    route: 'named_credential',
  } as const;
  await stoppable((stopped) =>
    inProject(editsOfProject(mappings, outboundEnv(outbound)), (cwd) =>
      announcedDeploy(sf, session, metadata, { cwd, stopped }),
    ),
  );
  // By now the admin has the right to give commands.
  const told = upgrade ? await tellService(session) : null;
  if (told !== null) console.log(told);
}
