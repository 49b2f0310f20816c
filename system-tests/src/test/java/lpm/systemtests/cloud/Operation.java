package lpm.systemtests.cloud;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a resource answers: a method of HTTP and a path, in which {@code {}} stands for each parameter. Read off the
 * classes, so that no test forgets a new one.
 */
record Operation(String method, String path) {
    private static final Map<String, Class<? extends Annotation>> METHODS =
            Map.of("GET", GET.class, "POST", POST.class, "PUT", PUT.class, "DELETE", DELETE.class);
    /** The name of a parameter, and what may follow it: an expression, itself with braces. */
    private static final Pattern PARAMETER = Pattern.compile("\\{(?:[^{}]|\\{[^{}]*})*}");

    /** All that begin so. */
    static List<Operation> under(String prefix) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("lpm").stream()
                        .filter(each -> each.isAnnotatedWith(Path.class))
                        .flatMap(Operation::of)
                        .filter(each -> each.path.startsWith(prefix))
                        .toList();
    }

    private static Stream<Operation> of(JavaClass resource) {
        String root = path(resource.getAnnotationOfType(Path.class));
        return resource.getMethods().stream().flatMap(method -> of(root, method));
    }

    private static Stream<Operation> of(String root, JavaMethod method) {
        String path =
                method.tryGetAnnotationOfType(Path.class).map(Operation::path).orElse("");
        return METHODS.entrySet().stream()
                .filter(each -> method.isAnnotatedWith(each.getValue()))
                .map(each -> new Operation(each.getKey(), root + path));
    }

    private static String path(Path annotation) {
        String path = PARAMETER.matcher(annotation.value()).replaceAll("{}");
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }

    boolean reads() {
        return method.equals("GET");
    }

    boolean hasParameters() {
        return path.contains("{}");
    }

    /** Its paths with each of these in the place of the last parameter, and the first of them in those before. */
    Stream<String> filled(List<String> values) {
        int last = path.lastIndexOf("{}");
        if (last < 0) {
            return Stream.of(path);
        }
        String before = path.substring(0, last).replace("{}", values.getFirst());
        return values.stream().map(value -> before + value + path.substring(last + 2));
    }
}
