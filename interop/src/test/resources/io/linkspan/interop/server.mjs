// An oidc-provider on a free port; prints the port. Arguments: client id, client secret, redirect address.
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [id, secret, redirect] = process.argv.slice(2);
const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const port = server.address().port;
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{
      client_id: id, client_secret: secret, redirect_uris: [redirect],
      grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
    }],
    cookies: { keys: ['interop'] },
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    features: { revocation: { enabled: true }, devInteractions: { enabled: true } },
  });
  server.on('request', provider.callback());
  console.log(`port ${port}`);
});
process.stdin.on('end', () => process.exit(0)).resume();
