package lpm.hostagent.simulated;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import lpm.platform.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * The ports over a socket: one JSON object a line. A question names port, method and arguments; its answer carries the
 * same number, comes when the call is done, and is a value, a refusal, or the word that nobody can be reached.
 */
final class Rpc {
    private Rpc() {}

    /** A call of {@code Port.method}. */
    record Question(long id, String call, List<JsonNode> args) {}

    /** What came of a call; exactly one of the last three says why there is no value. */
    record Answer(
            long id,
            Optional<JsonNode> value,
            Optional<String> refused,
            Optional<String> unreachable,
            Optional<String> failed) {

        static Answer value(long id, @Nullable Object value) {
            return new Answer(
                    id,
                    Optional.of(Json.MAPPER.valueToTree(value)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }

        static Answer problem(long id, Throwable problem) {
            String reason = String.valueOf(problem.getMessage());
            boolean isRefusal = problem instanceof lpm.hostagent.hypervisor.PortRefusal;
            boolean isSilence = problem instanceof lpm.hostagent.hypervisor.PortUnreachable;
            return new Answer(
                    id,
                    Optional.empty(),
                    isRefusal ? Optional.of(reason) : Optional.empty(),
                    isSilence ? Optional.of(reason) : Optional.empty(),
                    isRefusal || isSilence ? Optional.empty() : Optional.of(problem.toString()));
        }
    }

    /** The methods of a port by the name they are called under. */
    static Map<String, Method> methods(Class<?> port) {
        return Arrays.stream(port.getMethods()).collect(Collectors.toMap(each -> nameOf(port, each), each -> each));
    }

    static String nameOf(Class<?> port, Method method) {
        return port.getSimpleName() + "." + method.getName();
    }

    /** The arguments of a call as the method takes them. */
    static Object[] arguments(Method method, List<JsonNode> given) {
        Type[] types = method.getGenericParameterTypes();
        if (types.length != given.size()) {
            throw new IllegalArgumentException(method + " takes " + types.length + " arguments, found " + given.size());
        }
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            all.add(convert(given.get(i), types[i]));
        }
        return all.toArray();
    }

    /** The type of what a method answers with, sooner or later. */
    static Type answerType(Method method) {
        return isLater(method)
                ? ((ParameterizedType) method.getGenericReturnType()).getActualTypeArguments()[0]
                : method.getGenericReturnType();
    }

    static boolean isLater(Method method) {
        return method.getReturnType() == CompletionStage.class;
    }

    static Object convert(JsonNode tree, Type type) {
        JavaType known = Json.MAPPER.constructType(type);
        try {
            return Json.MAPPER.treeToValue(tree, known);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not the JSON of a " + known, e);
        }
    }
}
