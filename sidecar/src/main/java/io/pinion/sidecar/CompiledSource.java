package io.pinion.sidecar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** Takes the classes that the compiler writes into memory. */
final class CompiledSource extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes = new TreeMap<>();

    CompiledSource(final StandardJavaFileManager files) {
        super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
            final JavaFileManager.Location location,
            final String className,
            final JavaFileObject.Kind kind,
            final FileObject sibling) {
        final URI uri = URI.create("memory:///" + className.replace('.', '/') + kind.extension);
        return new SimpleJavaFileObject(uri, kind) {
            @Override
            public OutputStream openOutputStream() {
                final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                classes.put(className, bytes);
                return bytes;
            }
        };
    }

    List<String> classNames() {
        return List.copyOf(classes.keySet());
    }

    /** A loader of these classes; of all others, the parent. */
    ClassLoader loader(final ClassLoader parent) {
        return new ClassLoader(parent) {
            @Override
            protected Class<?> findClass(final String name) throws ClassNotFoundException {
                final ByteArrayOutputStream bytes = classes.get(name);
                if (bytes == null) {
                    throw new ClassNotFoundException(name);
                }
                return defineClass(name, bytes.toByteArray(), 0, bytes.size());
            }

            /** A class is a resource too, for whoever wants its bytes. */
            @Override
            public InputStream getResourceAsStream(final String name) {
                final ByteArrayOutputStream bytes =
                        classes.get(name.replaceAll("\\.class$", "").replace('/', '.'));
                return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes.toByteArray());
            }
        };
    }
}
