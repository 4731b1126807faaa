import type { Messages } from './messages';

/** The same whether it is met before a call or ends one. */
const microphone: Messages['microphone'] = {
    'mic-denied': {
        what: 'The browser does not let this page use the microphone.',
        fix: 'Allow the microphone in the site settings, left of the address.',
    },
    'mic-missing': { what: 'No microphone was found.', fix: 'Plug in a headset.' },
    'mic-busy': {
        what: 'The microphone is in use by another program or gives an error.',
        fix: 'Close that program or plug the headset in anew.',
    },
    'insecure-page': {
        what: 'Browsers give no microphone to a page opened by plain http.',
        fix: 'Open this page by https, or as http://localhost.',
    },
};

export const en: Messages = {
    locale: 'en',
    languageName: 'English',

    title: 'Jackfield phone',
    tagline: 'Your phone is this page.',
    languageSwitch: 'Language',

    signIn: {
        heading: 'Sign in',
        user: 'Extension or user name',
        password: 'Password',
        submit: 'Sign in',
        connecting: 'Connecting…',
        cancel: 'Cancel',
        advanced: 'Advanced',
        ws: 'WebSocket address',
        domain: 'SIP domain',
        usual: (value) => `usually ${value}`,
        demoHeading: 'Take a seat',
        demoHint: 'This is a demo. One click signs you in; open a second tab to be someone else.',
        demoAs: (name) => `Sign in as ${name}`,
        or: 'or with a password',
        passwordNote: 'The password stays in this tab and is forgotten when you close it.',
        problems: {
            'user-missing': 'Enter your extension or user name.',
            'user-invalid': 'A user name has no spaces and no signs like < > : ;',
            'password-missing': 'Enter your password.',
            'domain-invalid': 'The SIP domain is a host name, like pbx.example.com.',
            'ws-invalid': 'The WebSocket address begins with ws:// or wss://.',
            'ws-not-encrypted':
                'This page came by https, so the WebSocket address must begin with wss://.',
        },
    },

    line: {
        offline: 'Signed out',
        connecting: 'Connecting to the server…',
        registering: 'Signing in…',
        registered: (user) => `Registered as ${user}`,
        retryIn: (seconds) => `Trying again in ${seconds} s.`,
        retryNow: 'Try now',
        callGoesOn: 'The call goes on as long as its sound does.',
        signOut: 'Sign out',
        faults: {
            unreachable: {
                what: 'The server cannot be reached.',
                fix: 'Check the address and your network.',
            },
            lost: {
                what: 'The connection to the server was lost.',
                fix: 'It comes back by itself; check your network if it doesn’t.',
            },
            offline: {
                what: 'This computer has no network.',
                fix: 'Connect it to Wi-Fi or a cable.',
            },
            'local-network-denied': {
                what: 'The browser forbids this page to reach the local network.',
                fix: 'Allow “Local network access” in the site settings, left of the address.',
            },
            'wrong-credentials': {
                what: 'User name or password is wrong.',
                fix: 'Type both again; mind the keyboard layout.',
            },
            refused: {
                what: 'The server refused the registration.',
                fix: 'Ask your administrator about this extension.',
            },
            overloaded: {
                what: 'The server is busy or restarting.',
                fix: 'Wait a moment; the phone keeps trying.',
            },
            silent: {
                what: 'The server does not answer.',
                fix: 'Check that the WebSocket address leads to a SIP server.',
            },
        },
    },

    dialer: {
        number: 'Number to call',
        placeholder: 'Number or name',
        call: 'Call',
        erase: 'Erase the last digit',
        keypad: 'Dial pad',
        quick: 'Quick numbers',
        recent: 'Recent calls',
        noRecent: 'Calls of this session appear here.',
        again: (number) => `Call ${number}`,
    },

    call: {
        incoming: 'Incoming call',
        answer: 'Answer',
        answerHold: 'Hold and answer',
        reject: 'Decline',
        hangUp: 'Hang up',
        cancel: 'Cancel',
        mute: 'Mute',
        unmute: 'Unmute',
        hold: 'Hold',
        resume: 'Resume',
        keypad: 'Keypad',
        swap: 'Swap',
        dismiss: 'Close',
        duration: 'Duration of the call',
        you: 'You',
        them: 'Them',
        muted: 'muted',
        onHold: 'On hold',
        waiting: 'Waiting',
        keysSent: 'Keys sent',
    },

    words: {
        ready: (user) => `Registered as ${user}. Ready for calls.`,
        dialing: (peer) => `Calling ${peer}…`,
        ringing: (peer) => `Ringing at ${peer}…`,
        earlyMedia: (peer) => `Calling ${peer}: listen to the line.`,
        incoming: (peer) => `${peer} is calling you.`,
        answering: (peer) => `Answering ${peer}…`,
        talking: (peer) => `In a call with ${peer}.`,
        soundStarting: (peer) => `${peer} has answered; the sound is being connected…`,
        soundInterrupted: 'The sound is interrupted; the phone is looking for another way.',
        muted: (peer) => `You are muted: ${peer} cannot hear you.`,
        held: (peer) => `${peer} is on hold and cannot hear you.`,
        heldByPeer: (peer) => `${peer} has put you on hold.`,
        hints: {
            'nothing-received': {
                what: 'Nothing is coming from the other side.',
                fix: 'If it stays so, hang up and call again; then tell your administrator.',
            },
            'mic-silent': {
                what: 'Your microphone gives no signal at all.',
                fix: 'Check the mute switch of your headset.',
            },
        },
    },

    ended: {
        'hung-up-by-me': { what: 'You ended the call.', fix: '' },
        'hung-up-by-peer': { what: 'The other side hung up.', fix: '' },
        'cancelled-by-me': { what: 'You cancelled the call.', fix: '' },
        'declined-by-me': { what: 'You declined the call.', fix: '' },
        missed: { what: 'The caller hung up before you answered.', fix: 'Call back if you like.' },
        'answered-elsewhere': { what: 'Answered on another phone of yours.', fix: '' },
        busy: { what: 'The line is busy.', fix: 'Try again in a few minutes.' },
        declined: { what: 'The call was declined.', fix: 'Try later or leave a message.' },
        'no-answer': { what: 'Nobody answered.', fix: 'Try again later.' },
        unavailable: {
            what: 'Nobody is signed in there right now.',
            fix: 'Try later or another number.',
        },
        'not-found': { what: 'There is no such number.', fix: 'Check the digits.' },
        'number-incomplete': {
            what: 'The number is incomplete.',
            fix: 'Add the missing digits, such as the area code.',
        },
        forbidden: {
            what: 'You may not call this number.',
            fix: 'Ask your administrator for the right to.',
        },
        'no-common-codec': {
            what: 'The two sides share no way to carry sound.',
            fix: 'Tell your administrator: codecs or encryption do not match.',
        },
        overloaded: {
            what: 'No free line: the server or the carrier is overloaded.',
            fix: 'Try again in a minute.',
        },
        'server-fault': {
            what: 'The server could not put the call through.',
            fix: 'Try again; tell your administrator if it stays so.',
        },
        'server-silent': {
            what: 'The server did not answer in time.',
            fix: 'Try again; check your network if it stays so.',
        },
        'server-lost': {
            what: 'The connection to the server was lost during the call.',
            fix: 'Call again once the phone is registered.',
        },
        'sound-lost': {
            what: 'The sound broke off and did not come back.',
            fix: 'Move nearer to the router or use a cable, then call again.',
        },
        offline: {
            what: 'This computer has no network, so there is no way for the sound.',
            fix: 'Connect it to any network.',
        },
        ...microphone,
        'browser-fault': {
            what: 'The browser could not set up the call.',
            fix: 'Reload the page and try again.',
        },
    },

    microphone,
    sipStatus: (status) => `SIP ${status}`,

    sound: {
        heading: 'Sound',
        microphone: 'Microphone',
        speaker: 'Headset or speaker',
        ring: 'Ring on',
        systemDefault: 'System default',
        test: 'Test',
        testMicrophone: 'Test: microphone',
        stopTest: 'Stop',
        testSpeaker: 'Test: play a sound in the headset',
        testRing: 'Test: ring once',
        allow: 'Allow the microphone',
        allowWhy: 'Before the first call: the browser will ask whether this page may hear you.',
        noChoice: 'This browser plays everything on the system’s default device.',
        level: (what) => `Level: ${what}`,
    },
};
