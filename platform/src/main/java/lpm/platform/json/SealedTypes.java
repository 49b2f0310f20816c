package lpm.platform.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lpm.contracts.Command;
import lpm.contracts.Event;
import org.jspecify.annotations.Nullable;

/**
 * Tells the members of our sealed interfaces apart by {@code "@type": "<SimpleName>"}, among the permitted classes
 * only.
 * Messages carry their type in the envelope instead.
 */
final class SealedTypes extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1L;
    private static final String PROPERTY = "@type";

    @Override
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
        if (rootOf(type.getRawType()).isEmpty()) {
            return null;
        }
        return new StdTypeResolverBuilder(JsonTypeInfo.Value.construct(
                JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, PROPERTY, null, false, false));
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated type) {
        return rootOf(type.getRawType())
                .map(root -> leaves(root).stream()
                        .map(leaf -> new NamedType(leaf, leaf.getSimpleName()))
                        .toList())
                .orElse(null);
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass type) {
        return rootOf(type.getRawType()).isEmpty() ? null : type.getRawType().getSimpleName();
    }

    /** The outermost sealed interface of ours that a class belongs to, unless it is a message. */
    private static Optional<Class<?>> rootOf(Class<?> type) {
        if (Event.class.isAssignableFrom(type) || Command.class.isAssignableFrom(type)) {
            return Optional.empty();
        }
        for (Class<?> parent : type.getInterfaces()) {
            Optional<Class<?>> root = rootOf(parent);
            if (root.isPresent()) {
                return root;
            }
        }
        return type.isInterface() && type.isSealed() && type.getName().startsWith("lpm.")
                ? Optional.of(type)
                : Optional.empty();
    }

    private static List<Class<?>> leaves(Class<?> type) {
        if (!type.isSealed()) {
            return List.of(type);
        }
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            found.addAll(leaves(permitted));
        }
        return found;
    }
}
