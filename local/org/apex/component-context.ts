import type { UserView } from '../access/user-view.ts';
import type { OrgUser } from '../api/sessions.ts';
import type { MetadataOperations } from './metadata-operations.ts';

/** What Apex code that a component calls sees of the org. */
export interface ComponentContext {
  readonly view: UserView;
  readonly user: OrgUser;
  readonly operations: Pick<MetadataOperations, 'enqueueDeployment'>;
}

export type Arguments = Readonly<Record<string, unknown>>;

/** The methods of a class that this org runs as TypeScript. */
export type ComponentMethods = Readonly<
  Record<string, (args: Arguments, context: ComponentContext) => unknown>
>;
