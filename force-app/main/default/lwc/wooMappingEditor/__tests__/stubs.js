/* eslint-disable @lwc/lwc/no-disallowed-lwc-imports -- what the compiler makes of a component, for one that answers as a test says */
import { LightningElement, registerComponent, registerDecorators, registerTemplate } from 'lwc';

/** A component that shows nothing, and whose public methods and properties are the test's. */
export function stub(selector, { methods = {}, properties = [] }) {
    class Stub extends LightningElement {}
    Object.assign(Stub.prototype, methods);
    const publicProps = Object.fromEntries(properties.map((name) => [name, { config: 0 }]));
    registerDecorators(Stub, { publicMethods: Object.keys(methods), publicProps });
    const tmpl = registerTemplate(() => []);
    return registerComponent(Stub, { tmpl, sel: selector, apiVersion: 66 });
}
