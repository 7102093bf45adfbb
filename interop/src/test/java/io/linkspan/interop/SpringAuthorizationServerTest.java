package io.linkspan.interop;

class SpringAuthorizationServerTest extends ForeignServerContract {
    @Override
    ForeignServer start() {
        return new SpringServer();
    }
}
