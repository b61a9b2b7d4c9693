import type { Members, MetadataFile } from '../../lib/metadata-package.ts';
import type { OrgSide } from '../sides/org-side.ts';
import type { Delivery } from '../sides/receiver.ts';
import type { DirectShop, ShopSide } from '../sides/shop-side.ts';

/** The org as the service signs in to it. */
export interface Service {
  readonly org: OrgSide;
  /** Address of the user, as the sign-in names it. */
  readonly id: string;
  readonly token: string;
}

/** Setup of a run, with names of its own; what was deployed is removed at its end. */
export interface Components {
  /** A name that nothing in the org has; without the ending of a type, such as `__mdt`. */
  name(): string;
  /** @throws CannotTell where the org refuses it */
  deploy(files: readonly MetadataFile[], members: Members): Promise<void>;
  /** Deploys nothing, but asks whether it could be. @returns what the org refuses; none where it takes it */
  validate(files: readonly MetadataFile[], members: Members): Promise<readonly string[]>;
  /** @returns the texts of files, by path */
  retrieve(members: Members): Promise<Readonly<Record<string, string>>>;
}

/** What a probe works with. Its records carry the run's mark, so that they are found and deleted. */
export interface Probing {
  /** The org as the user of the CLI, who deploys. */
  readonly org: OrgSide;
  /** Setup of the org, as the user of the CLI. */
  readonly components: Components;
  /** The org as the integration user. @throws CannotTell where the environment has no sign-in for it */
  service(): Promise<Service>;
  /** The shop through the org, as most stores are reached. */
  readonly gateway: ShopSide;
  /** The shop without the org. @throws CannotTell where the environment has no key for it */
  direct(): DirectShop;
  /** The header by which the media library of WordPress is open. @throws CannotTell where the environment has no password */
  mediaAccess(): string;
  /** Where the shop may send webhooks to. @throws CannotTell where nothing is said of it */
  receiver(): Promise<{ readonly url: string }>;
  /** The first delivery that is meant. */
  delivery(meant: (delivery: Delivery) => boolean): Promise<Delivery>;
  /** A text with the run's mark that no other record has. */
  name(): string;
  /** The key of a record of a store that does not exist, so that the sync leaves it alone. */
  key(): string;
}
