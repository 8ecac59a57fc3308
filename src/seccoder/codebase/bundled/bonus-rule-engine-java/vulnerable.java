import javax.script.ScriptEngine;
import javax.script.ScriptException;

public final class Bonus {
    private Bonus() {}

    public static String bonus(ScriptEngine engine, String script, String nickname, int visits) throws ScriptException {
        String variables = "nickname = '" + nickname + "'; visits = " + visits + "; ";
        return String.valueOf(engine.eval(variables + script, engine.createBindings()));
    }
}
