/** The pages /calls and /calls/{id}. */

import { CallsPage } from './calls-page';

const [, , id] = location.pathname.split('/');

customElements.whenDefined(CallsPage.tag).then(
    () => document.querySelector<CallsPage>(CallsPage.tag)?.open(id ? decodeURIComponent(id) : ''),
    () => undefined,
);
