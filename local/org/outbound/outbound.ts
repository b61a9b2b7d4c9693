import { Delivery, type DeliveryParts } from './delivery.ts';
import { OutboundControl } from './outbound-control.ts';
import { OutboundSender } from './sender.ts';

/** What sends an org's outbound messages, and its back door. */
export interface Outbound {
  readonly sender: OutboundSender;
  readonly control: OutboundControl;
}

/** @param report is told, in a line, what could not be delivered at first */
export function createOutbound(parts: DeliveryParts, report: (line: string) => void): Outbound {
  const messages = parts.data.outbound;
  const delivery = new Delivery(parts);
  const sender = new OutboundSender(messages, delivery, report);
  return { sender, control: new OutboundControl(messages, sender, delivery) };
}
