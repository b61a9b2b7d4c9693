/** A flow that could not go on; the record is refused, or a fault path taken. */
export class FlowFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FlowFault';
  }
}
