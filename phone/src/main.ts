/** The page's entry: the phone element, and a window into it for tests and support. */

import { PhoneDriver } from './browser/driver';
import { JackfieldPhone } from './ui/phone-element';

const driver = new PhoneDriver();

customElements.whenDefined(JackfieldPhone.tag).then(
    () => document.querySelector<JackfieldPhone>(JackfieldPhone.tag)?.start(driver),
    () => undefined,
);

/** Read-only: what the phone knows and what the browser measured. There is no password in either. */
const debug = {
    snapshot: () => structuredClone(driver.phone),
    stats: () => driver.statistics(),
};

declare global {
    interface Window {
        jackfield: typeof debug;
    }
}

window.jackfield = debug;
