import type { Assumption } from '../model/assumption.ts';

export const RUNNING: readonly Assumption[] = [
  {
    id: 'limit-resets-gradually',
    statement:
      'Calls of a used-up limit are free again little by little, as they become a day old, so that asking every 5 to 15 minutes is neither too often nor too rare',
    places: ['sidecar/src/engine/availability.ts'],
    person: 'Use up the limit of a scratch org, and ask `/limits` every hour.',
  },
  {
    id: 'limit-codes',
    statement:
      '`LIMIT_EXCEEDED`, `REQUEST_LIMIT_EXCEEDED` and their like come as errors that end the whole call, or fail rows that may be repeated',
    places: ['sidecar/src/errors/salesforce-codes.ts', 'sidecar/src/salesforce/error-classes.ts'],
    person: 'Use up the limit of a scratch org, and note the answers.',
  },
  {
    id: 'refused-sign-ins',
    statement:
      'A client credentials sign-in that is refused every 1 to 15 minutes locks nobody out',
    places: ['sidecar/src/engine/availability.ts'],
    person: 'Run the service with a wrong secret for a day, then with the right one.',
  },
  {
    id: 'ping-within-a-callout',
    statement:
      'A callout that makes a webhook is answered in time, though the shop calls the sidecar (the ping) before it answers',
    places: [
      'sidecar/src/woo/gateway/gateway-store.ts',
      'sidecar/src/http/webhooks/webhook-receiver.ts',
    ],
    person:
      'Start the service with PUBLIC_URL and the gateway route, and see that its webhooks are made.',
  },
  {
    id: 'ownership-queries',
    statement:
      'Counts by owner (`GROUP BY OwnerId HAVING COUNT(Id) > 10000`) end in time on millions of rows; refused, the warnings of `check` are left out',
    places: ['sidecar/src/diagnostics/check/ownership.ts'],
    person: 'Run `woo-salesforce check` in an org with more than a million contacts.',
  },
  {
    id: 'thousand-issues',
    statement:
      'A thousand rows of _Woo Sync Issue_ fit in one call by their external id, and who ignores an issue does it in `State__c`',
    places: ['sidecar/src/sync/report/issue-writer.ts', 'sidecar/src/sync/report/issue-row.ts'],
    person: 'Map a required field to nothing, and sync a thousand orders.',
  },
  {
    id: 'slow-answers',
    statement:
      'A usual answer of the REST API begins within 45 seconds and one to a sign-in within 20; only slower ones show the org as out, and do no other harm',
    places: ['sidecar/src/salesforce/rest/silence.ts'],
    person: 'Look for SF_UNREACHABLE in the log of a first backfill of more than 100,000 orders.',
  },
  {
    id: 'docker-images',
    statement:
      'The base images of Docker are what their tags say: their digests could not be looked up, so they are not pinned; neither image nor compose file was built here',
    places: ['Dockerfile', 'deploy/compose.yaml'],
    person: 'Run `docker compose -f deploy/compose.yaml build`, then up.',
  },
  {
    id: 'v8-flags',
    statement:
      'Later versions of V8 know `--no-wasm-tier-up` and `--no-wasm-dynamic-tiering` (Node 24 does); without them the service works, and takes 600 MB more for some seconds after each start',
    places: ['sidecar/src/state/db/pglite-worker.ts'],
    person: 'With a new version of Node, run `node --v8-options` and look for both.',
  },
  {
    id: 'power-cut',
    statement:
      'A checkpoint that a power cut ends halfway is what can spoil a state in a folder; the disk keeps what `fdatasync` has confirmed',
    places: ['sidecar/src/state/db/wal-sync.ts'],
    person: 'Cut the power of a machine that syncs, and start it again.',
  },
];
