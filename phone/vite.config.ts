import { defineConfig } from 'vitest/config';

export default defineConfig({
    // Relative addresses: the PBX may serve the phone under any path.
    base: './',
    build: {
        target: 'es2022',
        // Everything is a file of its own origin: nothing inline, so `default-src 'self'` is enough.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rollupOptions: { input: ['index.html', 'calls.html'] },
    },
    test: {
        environment: 'node',
        include: ['src/**/*.test.ts'],
    },
});
