package io.pinion.sidecar;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says. */
final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
        final String version = Main.class.getPackage().getImplementationVersion();
        return new String[] {
            "pinion " + (version == null ? "(not from its jar)" : version) + ", on Java " + Runtime.version()
        };
    }
}
