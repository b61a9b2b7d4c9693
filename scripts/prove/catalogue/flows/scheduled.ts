import type { Assumption } from '../../model/assumption.ts';

const WATCH = 'force-app/main/default/flows/Woo_Service_Watch.flow-meta.xml';

export const SCHEDULED: readonly Assumption[] = [
  {
    id: 'flow-path-that-waits',
    statement:
      'A scheduled path that waits either moves with its date when the record is saved, or stays; the watch over the service is right in both cases',
    places: [WATCH, 'local/org/data/scheduled-paths.ts', 'local/org/flow/timed/scheduled.ts'],
    person:
      'With a running service, look at Setup › Time-Based Workflow or Paused And Failed Flow Interviews after two signs of life: one path of Woo Service Watch waits for each store, and its time says which of the two it is.',
  },
  {
    id: 'flow-path-queued-anew',
    statement:
      'A record that comes to meet the entry conditions again, be it by the flow’s own scheduled path, queues that path anew',
    places: [WATCH],
    source:
      'Flowdometer, whose `Listener_Batch_Flow` is started every three minutes by scheduled paths on a field of its record that it writes itself',
  },
  {
    id: 'flow-path-user',
    statement:
      'A scheduled path runs as the user who saved the record, or as the Default Workflow User where that user is not active, and in system context',
    places: [WATCH],
    person:
      'Set Default Workflow User (Setup › Process Automation Settings), stop the service, deactivate its user, and wait: the attention is there, created by that user.',
  },
];
