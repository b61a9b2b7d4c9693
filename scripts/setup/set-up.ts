import { basename } from 'node:path';

import { makeUser } from '../lib/connect/integration-user.ts';
import { keyPair } from '../lib/connect/key-pair.ts';
import {
  contentCredential,
  setContentPassword,
  verifyContent,
} from '../lib/install/content-password.ts';
import { assignGrant, assignRights } from '../lib/install/install.ts';
import { FLOWS_NOTE, isProduction } from '../lib/install/production.ts';
import { setStoreKeys, verifyGateway } from '../lib/install/store-keys.ts';
import { recipeRights } from '../lib/install/recipes.ts';
import { root, SfCli } from '../lib/sf.ts';
import { askValid } from './answers/ask-valid.ts';
import { firstLoad } from './answers/questions.ts';
import { connectApp, emailOf } from './connect-app.ts';
import { loadFirst } from './load/first-load.ts';
import { isServed, newestOrder } from './load/in-org.ts';
import { sidecarWith } from './load/sidecar.ts';
import { deployAnswers } from './deploy.ts';
import { settingsOf, type Plan } from './plan.ts';
import { whatIsLeft, type LoadOutcome } from './what-is-left.ts';
import { stoppable } from './stoppable.ts';
import { composeFile, proxySnippet, systemdUnit } from './service/server-files.ts';

/** Does all that is not done yet. @throws Error with a sentence; a second run goes on */
export async function setUp(plan: Plan): Promise<void> {
  const { found, folder } = plan;
  const { session, user } = found;
  // The copy of a project has no default org of its own.
  const sf = SfCli.ofUser(session.username);
  const settings = settingsOf(plan);
  step(`The folder of the service, ${folder.path}`);
  // First of all: it refuses a folder whose files are versioned.
  const pair = await keyPair(folder.path);
  const closed = folder.closeToOthers();
  if (closed !== null) console.log(closed);
  console.log(folder.writeEnv({ SF_LOGIN_URL: session.instanceUrl, ...settings }));
  step(`The integration user ${user.username}`);
  await makeUser(session, user, await emailOf(session));
  step('The metadata');
  const production = await isProduction(session);
  await deployAnswers(sf, plan, settings, production);
  const recipes = found.org.store === null ? recipeRights(root) : [];
  await stoppable((stopped) => assignRights(sf, user.username, recipes, { show: 'all', stopped }));
  step('The app by which the service signs in');
  const signIn = await connectApp(sf, { session, username: user.username, folder, pair });
  step('The keys of the shop');
  if (found.shop.keys !== null) await setStoreKeys(session, 'Woo_Store', found.shop.keys);
  const currency = await verifyGateway(session, 'main');
  console.log(`The shop answers through the org; its currency is ${currency}.`);
  await setContent(sf, plan);
  step('The service');
  console.log(folder.writeEnv(signIn));
  for (const file of serverFiles(plan, pair.keyFile)) console.log(folder.writeFile(file));
  const outcome = await load(plan);
  const order = await newestOrder(session);
  const left = whatIsLeft(plan, outcome, order !== null);
  console.log(`\n${left}${production ? `\n\n${FLOWS_NOTE}` : ''}`);
  if (order !== null) console.log(`\nThe newest order: ${order}`);
}

/** Nothing where no application password is given: most shops need none. */
async function setContent(sf: SfCli, { found }: Plan): Promise<void> {
  const { session, user, content } = found;
  if (content === null) return;
  step('The application password for WordPress content');
  const credential = contentCredential('Woo_Store');
  await assignGrant(sf, credential, user.username, { show: 'all' });
  await setContentPassword(session, credential, content);
  await verifyContent(session, 'main');
  console.log('WordPress shows its content through the org.');
}

const step = (title: string): void => {
  console.log(`\n${title} …`);
};

function serverFiles({ publicUrl, compose }: Plan, keyFile: string) {
  const name = basename(keyFile);
  return [
    compose ? composeFile(name) : systemdUnit(name),
    ...(publicUrl === null ? [] : [proxySnippet(publicUrl)]),
  ];
}

async function load({ found: { session }, folder }: Plan): Promise<LoadOutcome> {
  if (await isServed(session, new Date())) return 'served';
  const question = firstLoad(process.stdin.isTTY);
  const isLoaded = await loadFirst(sidecarWith(folder.env()), () => askValid(question));
  return isLoaded ? 'loaded' : 'declined';
}
