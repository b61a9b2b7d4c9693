import type { Value } from '../../formula/formula.ts';

/** An action of the platform that a flow may call here. */
export type StandardAction = 'customNotificationAction' | 'emailSimple';

/** What an action is given, by the names of its inputs: a text, or a collection of them. */
export type ActionInputs = ReadonlyMap<string, Value | readonly string[]>;
