import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// `npm run dev` shows the page of a server that runs on the default port.
const server = 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [svelte()],
  build: {
    outDir: '../target/classes/web',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The first browsers that know light-dark().
    target: ['chrome123', 'firefox120', 'safari17.5'],
  },
  server: { proxy: { '/api': { target: server, ws: true } } },
})
