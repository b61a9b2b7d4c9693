import { seenOf } from 'host/bellSeen';
import { LightningElement } from 'lwc';
import { sendToHost } from 'platform/http';
import { onNavigate, urlOf } from 'platform/router';

/** Number of the newest notification that was looked at in this browser. */
const SEEN = 'host-bell-seen';

const isRecord = (target) => /^\w{15}(\w{3})?$/.test(target);

const shown = ({ number, title, body, target }) => {
  const attributes = { recordId: target, actionName: 'view' };
  const url = isRecord(target) ? urlOf({ type: 'standard__recordPage', attributes }) : undefined;
  return { number, title, body, url };
};

/** What flows have told the user by custom notifications, newest first; those that the list showed are read. */
export default class Bell extends LightningElement {
  notifications;
  isOpen = false;
  seen = Number(window.localStorage.getItem(SEEN) ?? 0);

  connectedCallback() {
    onNavigate(() => {
      this.isOpen = false;
      this.load();
    });
    this.load();
  }

  async load() {
    try {
      this.notifications = (await sendToHost('GET', '/host/notifications'))?.map(shown);
    } catch {
      // The page itself says that its server is away.
      this.notifications = undefined;
    }
  }

  /** An org that does not tell notifications has no bell. */
  get isThere() {
    return this.notifications !== undefined;
  }

  get isEmpty() {
    return this.notifications.length === 0;
  }

  get unread() {
    const seen = seenOf(this.seen, this.notifications);
    return this.notifications.filter(({ number }) => number > seen).length;
  }

  get label() {
    return this.unread === 0 ? 'Notifications' : `Notifications: ${this.unread} new`;
  }

  get expanded() {
    return String(this.isOpen);
  }

  async toggle() {
    this.isOpen = !this.isOpen;
    if (!this.isOpen) return;
    await this.load();
    const [newest] = this.notifications ?? [];
    if (!newest) return;
    this.seen = newest.number;
    window.localStorage.setItem(SEEN, String(newest.number));
  }

  handleKey({ key }) {
    if (key !== 'Escape' || !this.isOpen) return;
    this.isOpen = false;
    this.template.querySelector('button').focus();
  }
}
