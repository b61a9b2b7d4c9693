import { expect } from 'vitest';

import { file, value } from '../../local/org/metadata/test/packages.ts';
import { eventually } from './eventually.ts';
import { LiveWorld } from './live-world.ts';
import { type File, record, set } from './metadata.ts';
import { openWorld, type World } from './support.ts';

const SENDER = 'woo@local-org.example';

/** A store whose matters an admin hears of by bell and by e-mail, also when they are solved; a person is told of an issue at once. */
export class ToldWorld {
  readonly world: World;
  readonly live: LiveWorld;

  private constructor(world: World) {
    this.world = world;
    this.live = new LiveWorld(world);
  }

  static async open(orders: number): Promise<ToldWorld> {
    return ToldWorld.in(await openWorld(orders));
  }

  /** The same in a world that is open. */
  static async in(world: World): Promise<ToldWorld> {
    const told = new ToldWorld(world);
    const { admin, org } = told.world;
    const address = { Address: SENDER, DisplayName: 'Shop', IsAllowAllProfiles: true };
    await admin.sobject('OrgWideEmailAddress').create({ ...address, IsVerified: true });
    const values = [
      value('Recipient__c', 'string', org.adminUsername),
      value('Kind__c', 'string', 'User'),
      ...['Active__c', 'Bell__c', 'Mail__c', 'Solved__c'].map((field) =>
        value(field, 'boolean', 'true'),
      ),
    ];
    const recipient = file('CustomMetadata', `<label>Ada</label>${values.join('')}`);
    await told.world.deploy(['customMetadata/Woo_Recipient.Ada.md', recipient]);
    await told.world.deploy(await told.#store(0));
    return told;
  }

  /**
   * Resolves when the state of the store says that it goes by it.
   * @param minutes that an issue is open before a person is told of it; others than before
   */
  async tellAfter(minutes: number): Promise<void> {
    const configuration = () =>
      this.world.orgRow("SELECT Configuration__c FROM Woo_Store_Status__c WHERE Store__c = 'main'");
    const before = await configuration();
    await this.world.deploy(await this.#store(minutes));
    await this.reload();
    await eventually(async () => {
      expect(await configuration()).not.toEqual(before);
    });
  }

  /** Has the configuration read. */
  async reload(): Promise<void> {
    const { code, stdout, stderr } = await this.world.sidecar(['reload']);
    expect(code, `${stdout}${stderr}`).toBe(0);
  }

  async #store(tellAfter: number): Promise<File> {
    const store = await this.world.orgRow(
      "SELECT URL__c, Route__c, Service_URL__c FROM Woo_Store__mdt WHERE DeveloperName = 'Main_Store'",
    );
    const kept = ['URL__c', 'Route__c', 'Service_URL__c'].map((field) => {
      const text = store?.[field];
      return set(field, typeof text === 'string' ? text : '');
    });
    const [before] = set('Tell_After_Minutes__c', '');
    const minutes = `$1<value xsi:type="xsd:double">${tellAfter}</value>`;
    return record('Woo_Store.Main_Store', ...kept, set('Sender__c', SENDER), [before, minutes]);
  }

  /** Titles and subjects of all that was sent, in order. */
  heard(): { readonly bells: readonly string[]; readonly mails: readonly string[] } {
    const sent = this.world.org.data.sent.list();
    return {
      bells: sent.flatMap((one) => (one.kind === 'notification' ? [one.title] : [])),
      mails: sent.flatMap((one) => (one.kind === 'email' ? [one.subject] : [])),
    };
  }

  /** Where the e-mail of that subject says that the matter is shown. */
  linkIn(subject: RegExp): string | undefined {
    const mail = this.world.org.data.sent
      .list()
      .find((one) => one.kind === 'email' && subject.test(one.subject));
    return mail?.body.split('\n').at(-1);
  }

  async hears(title: RegExp): Promise<void> {
    await eventually(() => {
      const { bells, mails } = this.heard();
      for (const all of [bells, mails]) expect(all).toContainEqual(expect.stringMatching(title));
    });
  }

  /** How often it was heard by bell, and how often by e-mail. */
  times(title: RegExp): readonly number[] {
    const { bells, mails } = this.heard();
    return [bells, mails].map((all) => all.filter((one) => title.test(one)).length);
  }
}
