package io.pinion.engine;

/** The world outside as a graph's class sees it: names only, so that the same class runs in a test and in production. */
public interface Environment {
    /**
     * An ingress by its name.
     *
     * @param name as the profile has it.
     * @return its name, checked.
     * @throws GraphException when the profile has none of that name.
     */
    Ingress ingress(String name);

    /**
     * An egress by its name.
     *
     * @param name as the profile has it.
     * @return its name, checked.
     * @throws GraphException when the profile has none of that name.
     */
    Egress egress(String name);

    /**
     * An environment that has every name, for tests and replay.
     *
     * @return it.
     */
    static Environment ofNames() {
        return new Environment() {
            @Override
            public Ingress ingress(final String name) {
                return new Ingress(name);
            }

            @Override
            public Egress egress(final String name) {
                return new Egress(name);
            }
        };
    }
}
