import javax.script.Bindings;
import javax.script.ScriptEngine;
import javax.script.ScriptException;

public final class Bonus {
    private Bonus() {}

    public static String bonus(ScriptEngine engine, String script, String nickname, int visits) throws ScriptException {
        Bindings values = engine.createBindings();
        // A value stays a value: it is never part of what the engine parses.
        values.put("nickname", nickname);
        values.put("visits", visits);
        return String.valueOf(engine.eval(script, values));
    }
}
