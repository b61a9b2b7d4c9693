import { chooseStores, connect, openStore } from '../app/open-sidecar.ts';
import { type Config, wooKeysFor } from '../config/load-config.ts';
import { unusedImages } from '../diagnostics/unused-images.ts';
import { CodedError } from '../errors/coded-error.ts';
import type { StoreRow } from '../mapping/model/config-rows.ts';
import { describeUnused, type Unused } from './output/unused-images.ts';

export interface MediaFlags {
  readonly store?: string;
  readonly json?: boolean;
}

/**
 * Prints the images of ours that nothing in the shops shows any more. Deletes nothing.
 * @throws CodedError `MEDIA_NO_PASSWORD` before anything is listed
 */
export async function runMedia(
  env: NodeJS.ProcessEnv,
  { store: only, json }: MediaFlags,
  out: NodeJS.WritableStream,
): Promise<void> {
  const { config, org } = connect(env);
  const { stores: rows } = await org.readMappings();
  const stores = chooseStores(rows, only).map((row) => {
    const store = openStore({ config, org, rows }, row);
    if (store.media === null) throw row.route === 'direct' ? noPassword(config, row) : noRoute(row);
    return { store, media: store.media };
  });
  const found: Unused[] = [];
  for (const { store, media } of stores) {
    const images = await unusedImages(store, media);
    const listed = images.map(({ id, src, bytes }) => ({ id, url: src, bytes }));
    found.push({ store: store.key, pictures: listed });
  }
  out.write(
    json === true ? `${JSON.stringify({ stores: found }, null, 2)}\n` : describeUnused(found),
  );
}

function noPassword(config: Config, { key }: StoreRow): CodedError {
  const part = wooKeysFor(config, key).keyVariable.replace(/_KEY$/, '');
  return new CodedError(
    'MEDIA_NO_PASSWORD',
    `The media library of the store "${key}" cannot be listed: there is no application password for it.`,
    `Put the name of a WordPress user (role Shop manager or Administrator) in ${part}_APP_USER and an application password of that user in ${part}_APP_PASSWORD; or ask for another store with --store.`,
  );
}

function noRoute({ key }: StoreRow): CodedError {
  return new CodedError(
    'MEDIA_NO_PASSWORD',
    `The media library of the store "${key}" cannot be listed: the store is reached through the org, and no way leads there.`,
    'Look through WordPress › Media for names with "-sf-"; or set the route of the store to direct, with its keys and an application password in the environment (docs/images.md).',
  );
}
