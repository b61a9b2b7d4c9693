/**
 * The least that taking a webhook can be: a fastify route that reads the body as it is and does one INSERT, as
 * durable as the sidecar's statements are. Nothing is checked, parsed or worked on.
 */
import { fastify } from 'fastify';

import { Secret } from '../../sidecar/src/lib/secret.ts';
import { openDatabase } from '../../sidecar/src/state/db/database.ts';
import { given } from '../lib/programs/given.ts';

const { DATABASE_URL: url } = process.env;
const database = await openDatabase(
  url === undefined
    ? { kind: 'directory', path: given('DATA_DIR') }
    : { kind: 'postgres', url: new Secret(url) },
);
await database.query('create table webhook (id bigserial primary key, topic text not null)');

const app = fastify();
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => {
  done(null, body);
});
app.post('/webhooks', async ({ headers }) => {
  const topic = String(headers['x-wc-webhook-topic']);
  await database.query('insert into webhook (topic) values ($1)', [topic]);
  return 'Noted.';
});
await app.listen({ host: '127.0.0.1', port: Number(given('PORT')) });
console.log('The route listens.');

process.once('SIGTERM', () => {
  void app.close().then(() => database.close());
});
